using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

using Tempera.Contracts.Errors;
using Tempera.Silo.Embedding;

using Xunit;

namespace Tempera.Silo.Tests.Embedding;

public sealed class EmbeddedSiloTests
{
    private static readonly Dictionary<string, string> NoVariables = [];

    [Fact]
    public async Task Answers_calls_while_it_runs_and_listens_on_loopback_only_without_a_gateway()
    {
        using var directory = new TempDirectory();
        var port = 0;
        await using var silo = await EmbeddedSilo.StartAsync(Options(directory), () => port = FreePort.Next(), NoVariables, CancellationToken.None);

        var hosts = await Management(silo).GetDetailedHosts();

        var host = Assert.Single(hosts);
        Assert.Equal(SiloStatus.Active, host.Status);
        Assert.Equal(0, host.ProxyPort);
        var listener = Assert.Single(IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners(), endpoint => endpoint.Port == port);
        Assert.Equal(IPAddress.Loopback, listener.Address);
    }

    [Fact]
    public async Task Frees_its_port_when_stopped_and_may_be_stopped_again()
    {
        using var directory = new TempDirectory();
        var port = 0;
        var silo = await EmbeddedSilo.StartAsync(Options(directory), () => port = FreePort.Next(), NoVariables, CancellationToken.None);

        await silo.StopAsync(CancellationToken.None);
        await silo.StopAsync(CancellationToken.None);
        await silo.DisposeAsync();

        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
    }

    [Fact]
    public async Task Takes_another_port_when_the_first_is_taken()
    {
        using var directory = new TempDirectory();
        using var occupant = new TcpListener(IPAddress.Loopback, 0);
        occupant.Start();
        var ports = new Queue<int>([((IPEndPoint)occupant.LocalEndpoint).Port, FreePort.Next()]);

        await using var silo = await EmbeddedSilo.StartAsync(Options(directory), ports.Dequeue, NoVariables, CancellationToken.None);

        Assert.Empty(ports);
        Assert.Single(await Management(silo).GetHosts());
    }

    [Fact]
    public async Task Several_run_side_by_side_and_know_nothing_of_each_other()
    {
        using var directory = new TempDirectory();
        var silos = await Task.WhenAll(Enumerable.Range(0, 4).Select(i =>
            EmbeddedSilo.StartAsync(Options(directory, $"run{i}"), CancellationToken.None)));

        foreach (var silo in silos)
        {
            Assert.Single(await Management(silo).GetHosts());
        }

        await Task.WhenAll(silos.Select(static silo => silo.StopAsync(CancellationToken.None)));
    }

    [Fact]
    public void Leaves_signals_to_its_caller()
    {
        using var directory = new TempDirectory();
        using var host = EmbeddedSiloHost.Build(Options(directory), FreePort.Next(), NoVariables);

        Assert.IsType<CallerLifetime>(host.Services.GetService(typeof(Microsoft.Extensions.Hosting.IHostLifetime)));
    }

    [Fact]
    public async Task Refuses_an_id_that_could_leave_the_directory()
    {
        using var directory = new TempDirectory();

        var error = await Assert.ThrowsAsync<TemperaException>(() =>
            EmbeddedSilo.StartAsync(Options(directory) with { CampaignId = "../other" }, CancellationToken.None));

        Assert.Equal(TemperaError.InvalidSetting, error.Code);
        Assert.Contains("../other", error.Message, StringComparison.Ordinal);
    }

    private static EmbeddedSiloOptions Options(TempDirectory directory, string folder = "run") => new()
    {
        Directory = Path.Combine(directory.Path, folder),
        CampaignId = "test",
    };

    private static IManagementGrain Management(EmbeddedSilo silo) => silo.GrainFactory.GetGrain<IManagementGrain>(0);
}
