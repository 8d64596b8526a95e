"use strict";

// A build that runs: its lines, its phases and its end as they come. Without this the page asks again by itself.
const log = document.querySelector("[data-follow]");
const failed = document.querySelector("[data-end]");
if (failed) failed.scrollTop = failed.scrollHeight;
if (log) {
  const last = () => log.querySelector("ol:last-of-type");
  const source = new EventSource(`${log.dataset.follow}?from=${last()?.lastElementChild?.value ?? 0}`);
  let lines = "";

  const draw = () => {
    const follows = log.scrollHeight - log.scrollTop - log.clientHeight < 48;
    // As the service does: a list is numbered anew with each line.
    if (!(last()?.children.length < 500)) log.append(document.createElement("ol"));
    last().insertAdjacentHTML("beforeend", lines);
    lines = "";
    if (follows) log.scrollTop = log.scrollHeight;
  };

  log.scrollTop = log.scrollHeight;
  source.addEventListener("line", event => {
    if (!lines) requestAnimationFrame(draw);
    lines += event.data;
  });
  source.addEventListener("phases", event => {
    document.getElementById("phases").innerHTML = event.data;
  });
  source.addEventListener("end", () => {
    source.close();
    location.reload();
  });
}
