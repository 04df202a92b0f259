using System.Text.RegularExpressions;

using Tempera.Cluster.Tests.Fixtures;

using Xunit;

namespace Tempera.Cluster.Tests.Deploy;

public sealed partial class DockerfileTests
{
    private static readonly string[] Lines = [.. File.ReadAllLines(Checkout.At("deploy", "docker", "Dockerfile"))
        .Where(static line => line.Length > 0 && !line.StartsWith('#'))];

    [Fact]
    public void The_base_image_is_an_argument_before_from()
    {
        Assert.StartsWith("ARG BASE_IMAGE=", Lines[0]);
        Assert.Equal("FROM ${BASE_IMAGE}", Lines[1]);
    }

    [Fact]
    public void It_runs_as_the_number_that_the_pods_ask_for()
    {
        var user = Assert.Single(Lines, static line => line.StartsWith("USER ", StringComparison.Ordinal));
        Assert.Matches(Numeric(), user);
        Assert.Equal("USER 10001:10001", user);
        Assert.Equal(10001, PodTemplate.Of(Overlay.Load("dev")).Single(static pod => pod.Owner == "Deployment/silo").Spec.SecurityContext.RunAsUser);
    }

    [Fact]
    public void It_starts_a_silo_in_exec_form_so_that_signals_arrive()
    {
        Assert.Contains("ENTRYPOINT [\"dotnet\", \"/app/tempera.dll\"]", Lines);
        Assert.Contains("CMD [\"silo\"]", Lines);
    }

    [Fact]
    public void Its_ports_are_those_of_the_pods()
    {
        var ports = PodTemplate.Of(Overlay.Load("dev")).Single(static pod => pod.Owner == "Deployment/silo")
            .Spec.Containers.Single().Ports.Select(static port => port.ContainerPort).Order();
        var exposed = Assert.Single(Lines, static line => line.StartsWith("EXPOSE ", StringComparison.Ordinal));
        Assert.Equal($"EXPOSE {string.Join(' ', ports)}", exposed);
    }

    [GeneratedRegex(@"^USER [1-9]\d*:[1-9]\d*$")]
    private static partial Regex Numeric();
}
