# static.json and the digest of all that is served in, nginx.conf out. @PORT@ and @TEMP@ are filled in when the process starts.

def refuse(words): "static.json: " + words + "\n" | halt_error(1);
def known: ["root", "clean_urls", "https_only", "routes", "error_page", "headers"];

def check(condition; words): if condition then . else refuse(words) end;
def path(name): check(type == "string" and test("^[A-Za-z0-9_@%+~. /-]+$") and (test("(^|/)\\.\\.(/|$)") | not);
  name + " '\(.)' is not a path inside the app");
def flag(name): check(type == "boolean"; name + " is \(tojson); write true or false");
def globs(name): check(type == "object"; name + " is \(tojson); write an object of paths such as \"/assets/**\"")
  | (keys_unsorted[] | check(test("^/[A-Za-z0-9_@%+~./*-]*$"); name + " '\(.)' is not a path that starts with / and may hold * and **")) as $each | .;
def value(name): check(type == "string" and (test("[$\\x00-\\x1f\\x7f]") | not); name + " \(tojson) is not a line of text without $");

def quoted: "\"" + gsub("(?<c>[\\\\\"])"; "\\\(.c)") + "\"";
def regex: gsub("(?<c>[.+])"; "\\\(.c)") | gsub("\\*\\*"; "\u0001") | gsub("\\*"; "[^/]*") | gsub("\u0001"; ".*") | "^" + . + "$";
def absolute: ltrimstr("/") | "/" + .;

check(type == "object"; "it is \(tojson); write an object")
| (keys - known) as $unknown
| check($unknown == []; "unknown setting '\($unknown[0])'; known are " + (known | join(", ")))
| (.root // "." | path("root") | ltrimstr("/")) as $root
| (.clean_urls // false | flag("clean_urls")) as $clean
| (.https_only // false | flag("https_only")) as $https
| (.error_page // null | if . then path("error_page") | absolute else . end) as $error
| (.routes // {} | [globs("routes")][0] // {} | to_entries | map(.value |= (path("routes") | absolute))) as $routes
| (.headers // {} | [globs("headers")][0] // {}
   | [to_entries[] | .key as $glob | (.value | check(type == "object"; "headers '\($glob)' is \(tojson); write an object of names and values")) | to_entries[]
      | {glob: $glob, name: (.key | check(test("^[A-Za-z0-9-]+$"); "headers '\(.)' is not a header's name")), value: (.value | value("headers"))}]) as $headers
| [
    "daemon off;", "worker_processes 1;", "error_log stderr;", "pid @TEMP@/nginx.pid;",
    "events { worker_connections 1024; }",
    "http {",
    "  include /etc/nginx/mime.types;", "  default_type application/octet-stream;", "  charset utf-8;",
    "  log_format line '$remote_addr \"$request\" $status $body_bytes_sent $request_time';", "  access_log /dev/stdout line;",
    (("client_body", "proxy", "fastcgi", "uwsgi", "scgi") | "  \(.)_temp_path @TEMP@/\(.);"),
    "  sendfile on;", "  server_tokens off;", "  absolute_redirect off;",
    "  gzip on;", "  gzip_vary on;", "  gzip_proxied any;", "  gzip_types text/plain text/css application/javascript application/json image/svg+xml;",
    "  map $request_uri $asked { \"~^(?<path>[^?]*)\" $path; }",
    ($headers | to_entries[] | "  map $asked $header_\(.key) { \("~" + (.value.glob | regex) | quoted) \(.value.value | quoted); }"),
    # All files of a droplet have one time, so nginx' own tags, made of time and size, would miss a change: the digest is the tag.
    "  etag off;", "  if_modified_since off;",
    "  map $http_if_none_match $unchanged { \("~" + $digest | quoted) 1; }",
    "  server {",
    "    listen 0.0.0.0:@PORT@;",
    "    root \($root | quoted);",
    (if $https then "    if ($http_x_forwarded_proto = http) { return 301 https://$host$request_uri; }" else empty end),
    "    if ($unchanged) { return 304; }",
    "    add_header Last-Modified \"\";",
    "    add_header ETag \("\"" + $digest + "\"" | quoted);",
    ($headers | to_entries[] | "    add_header \(.value.name) $header_\(.key);"),
    (if $error then "    error_page 404 \($error | quoted);", "    error_page 403 =404 \($error | quoted);" else "    error_page 403 =404;" end),
    # What the app is made of is not part of the page.
    "    location ~ \"/\\.(?!well-known/)\" { return 404; }",
    (if $root == "." then "    location ~ \"^/(static\\.json|Procfile)$\" { return 404; }" else empty end),
    "    location / { try_files $uri\(if $clean then " $uri.html" else "" end) $uri/ @routes; }",
    "    location @routes {",
    ($routes[] | "      rewrite \(.key | regex | quoted) \(.value | quoted) break;"),
    "      return 404;",
    "    }",
    "  }",
    "}"
  ]
| .[]
