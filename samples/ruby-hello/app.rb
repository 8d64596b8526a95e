require "greeting"
require "socket"

Signal.trap("TERM") { exit }
$stdout.sync = true

listener = TCPServer.new("0.0.0.0", ENV.fetch("PORT", "5000").to_i)
puts "listening on #{listener.addr[1]}"
body = Greeting.for("Ruby")
loop do
  Thread.start(listener.accept) do |client|
    nil until client.gets.to_s.strip.empty?
    client.write("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: #{body.bytesize}\r\nConnection: close\r\n\r\n#{body}")
  ensure
    client.close
  end
end
