using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

using Tempera.Contracts.Errors;
using Tempera.Silo.Embedding;
using Tempera.Silo.Storage;

using Xunit;

namespace Tempera.Silo.Tests.Embedding;

public sealed class EmbeddedSiloTests
{
    private static readonly Surroundings Quiet = new() { Variables = new Dictionary<string, string>() };

    [Fact]
    public async Task Answers_calls_while_it_runs_and_listens_on_loopback_only_without_a_gateway()
    {
        using var directory = new TemporaryFolder();
        var port = 0;
        await using var silo = await EmbeddedSilo.StartAsync(Options(directory), Quiet with { NextPort = () => port = FreePort.Next() }, CancellationToken.None);

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
        using var directory = new TemporaryFolder();
        var port = 0;
        var silo = await EmbeddedSilo.StartAsync(Options(directory), Quiet with { NextPort = () => port = FreePort.Next() }, CancellationToken.None);

        await silo.StopAsync(CancellationToken.None);
        await silo.StopAsync(CancellationToken.None);
        await silo.DisposeAsync();

        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
    }

    [Fact]
    public async Task Takes_another_port_when_the_first_is_taken()
    {
        using var directory = new TemporaryFolder();
        using var occupant = new TcpListener(IPAddress.Loopback, 0);
        occupant.Start();
        var ports = new Queue<int>([((IPEndPoint)occupant.LocalEndpoint).Port, FreePort.Next()]);

        await using var silo = await EmbeddedSilo.StartAsync(Options(directory), Quiet with { NextPort = ports.Dequeue }, CancellationToken.None);

        Assert.Empty(ports);
        Assert.Single(await Management(silo).GetHosts());
    }

    [Fact]
    public async Task Several_run_side_by_side_and_know_nothing_of_each_other()
    {
        using var directory = new TemporaryFolder();
        var silos = await Task.WhenAll(Enumerable.Range(0, 4).Select(i =>
            EmbeddedSilo.StartAsync(Options(directory, $"run{i}"), CancellationToken.None)));

        foreach (var silo in silos)
        {
            Assert.Single(await Management(silo).GetHosts());
        }

        await Task.WhenAll(silos.Select(static silo => silo.StopAsync(CancellationToken.None)));
    }

    [Fact]
    public async Task A_second_writer_of_the_directory_is_refused_until_the_first_stops()
    {
        using var directory = new TemporaryFolder();
        await using (await EmbeddedSilo.StartAsync(Options(directory), CancellationToken.None))
        {
            var error = await Assert.ThrowsAsync<TemperaException>(() => EmbeddedSilo.StartAsync(Options(directory), CancellationToken.None));
            Assert.Equal(TemperaError.InUse, error.Code);
        }

        await using var next = await EmbeddedSilo.StartAsync(Options(directory), CancellationToken.None);
        Assert.Single(await Management(next).GetHosts());
    }

    [Fact]
    public async Task A_start_that_fails_gives_the_directory_back()
    {
        using var directory = new TemporaryFolder();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => EmbeddedSilo.StartAsync(Options(directory), cancelled.Token));

        ExclusiveLock.Take(Options(directory).Directory).Dispose();
    }

    [Fact]
    public async Task A_reader_runs_beside_the_writer_and_writes_nothing()
    {
        using var directory = new TemporaryFolder();
        await using var writer = await EmbeddedSilo.StartAsync(Options(directory), CancellationToken.None);
        var before = Directory.GetFileSystemEntries(directory.Path, "*", SearchOption.AllDirectories);

        await using (await EmbeddedSilo.StartAsync(Options(directory) with { ReadOnly = true }, CancellationToken.None))
        {
        }

        Assert.Equal(before, Directory.GetFileSystemEntries(directory.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_reader_of_no_directory_is_told_so_and_makes_none()
    {
        using var directory = new TemporaryFolder();
        var options = Options(directory) with { ReadOnly = true };

        var error = await Assert.ThrowsAsync<TemperaException>(() => EmbeddedSilo.StartAsync(options, CancellationToken.None));

        Assert.Equal(TemperaError.UnknownCampaign, error.Code);
        Assert.False(Directory.Exists(options.Directory));
    }

    [Fact]
    public void Leaves_signals_to_its_caller()
    {
        using var directory = new TemporaryFolder();
        using var host = EmbeddedSiloHost.Build(Options(directory), FreePort.Next(), Quiet);

        Assert.IsType<CallerLifetime>(host.Services.GetService(typeof(Microsoft.Extensions.Hosting.IHostLifetime)));
    }

    [Fact]
    public async Task Refuses_an_id_that_could_leave_the_directory()
    {
        using var directory = new TemporaryFolder();

        var error = await Assert.ThrowsAsync<TemperaException>(() =>
            EmbeddedSilo.StartAsync(Options(directory) with { CampaignId = "../other" }, CancellationToken.None));

        Assert.Equal(TemperaError.InvalidSetting, error.Code);
        Assert.Contains("../other", error.Message, StringComparison.Ordinal);
    }

    private static EmbeddedSiloOptions Options(TemporaryFolder directory, string folder = "run") => new()
    {
        Directory = Path.Combine(directory.Path, folder),
        CampaignId = "test",
    };

    private static IManagementGrain Management(EmbeddedSilo silo) => silo.GrainFactory.GetGrain<IManagementGrain>(0);
}
