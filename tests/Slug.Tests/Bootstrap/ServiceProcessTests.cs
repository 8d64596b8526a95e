using Slug.Bootstrap;

namespace Slug.Tests.Bootstrap;

public class ServiceProcessTests
{
    [TestCase("serve --port 0 --data /d", "serve --data /d")]
    [TestCase("serve --data /d --port=7070", "serve --data /d")]
    [TestCase("serve --data /d", "serve --data /d")]
    public void The_port_is_taken_out_of_arguments_in_either_form(string arguments, string rest) =>
        Assert.That(ServiceProcess.WithoutPort(arguments.Split(' ')), Is.EqualTo(rest.Split(' ')));
}
