use strict;
use warnings;
use IO::Socket::INET;

my $port = $ENV{PORT} // 5000;
my $listener = IO::Socket::INET->new(LocalAddr => '0.0.0.0', LocalPort => $port, Listen => 64, ReuseAddr => 1)
    or die "cannot listen on $port: $@\n";

local $SIG{TERM} = sub { exit 0 };
$SIG{PIPE} = 'IGNORE';
$| = 1;
print "listening on $port\n";

my $body = "Hello from apps/api\n";
while (1) {
    my $client = $listener->accept or next;
    while (defined(my $line = <$client>)) {
        last if $line =~ /^\r?\n$/;
    }
    print {$client} "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: ", length $body, "\r\nConnection: close\r\n\r\n", $body;
    close $client;
}
