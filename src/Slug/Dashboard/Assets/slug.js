"use strict";

// A build that runs: its lines, its phases and its end as they come. Without this the page asks again by itself.
const log = document.querySelector("[data-follow]");
if (log) {
  const list = log.querySelector("ol");
  const source = new EventSource(log.dataset.follow);
  let lines = "";

  const draw = () => {
    const follows = log.scrollHeight - log.scrollTop - log.clientHeight < 48;
    list.insertAdjacentHTML("beforeend", lines);
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
