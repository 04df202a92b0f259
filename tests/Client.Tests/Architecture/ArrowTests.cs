using System.Reflection;

using NetArchTest.Rules;

using Xunit;

namespace Tempera.Client.Tests.Architecture;

/// <summary>Holds the arrows of docs/architecture.md.</summary>
public sealed class ArrowTests
{
    private static readonly string[] Network = ["System.Net"];
    private static readonly string[] Clocks = ["System.DateTime", "System.DateTimeOffset", "System.TimeProvider", "System.Diagnostics.Stopwatch"];
    private static readonly string[] Storage = ["System.IO.File", "System.IO.Directory", "System.IO.FileStream", "System.IO.FileInfo", "System.IO.DirectoryInfo"];
    private static readonly string[] Hosting = ["Microsoft.Extensions.Hosting", "Orleans.Hosting"];

    private static readonly string[] NoExceptions = [];

    [Theory]
    [InlineData(Layers.Model)]
    [InlineData(Layers.Contracts)]
    [InlineData(Layers.Grains)]
    [InlineData(Layers.Silo)]
    [InlineData(Layers.Client)]
    public void References_only_what_the_arrows_allow(string name)
    {
        var assembly = Layers.Load(name);

        Assert.Empty(Layers.ReferencesOf(assembly).Except(Layers.Arrows[name]));
        Assert.NotEmpty(OurTypes(assembly).GetTypes());
    }

    [Fact]
    public void The_arrows_have_no_cycle()
    {
        var below = new HashSet<string>();
        while (Layers.Arrows.Keys.FirstOrDefault(name => !below.Contains(name) && Layers.Arrows[name].All(below.Contains)) is { } next)
        {
            below.Add(next);
        }

        Assert.Equal(Layers.Arrows.Count, below.Count);
    }

    // MatrixPeak measures the processor itself, which takes a clock.
    [Fact]
    public void Model_knows_no_actors_no_network_and_no_clock() =>
        AssertFree(Layers.Load(Layers.Model), ["Orleans", "Microsoft.Extensions", .. Network, .. Clocks, "System.Random"], ["MatrixPeak"]);

    [Fact]
    public void Model_reads_and_writes_no_files() => AssertFree(Layers.Load(Layers.Model), Storage, NoExceptions);

    [Fact]
    public void Contracts_know_no_storage_and_no_hosting() =>
        AssertFree(Layers.Load(Layers.Contracts), [.. Hosting, .. Network, .. Storage], NoExceptions);

    [Fact]
    public void Grains_reach_storage_only_through_the_blob_contract() =>
        AssertFree(Layers.Load(Layers.Grains), [.. Storage, .. Network], NoExceptions);

    // Running campaigns take part in the host's shutdown: their checkpoint comes before the silo deactivates grains.
    [Fact]
    public void Grains_know_their_host_only_at_its_shutdown() =>
        AssertFree(Layers.Load(Layers.Grains), ["Microsoft.Extensions.Hosting"], ["RunningCampaigns", "TemperaGrainsExtensions"]);

    [Fact]
    public void Client_computes_nothing_itself() =>
        AssertFree(Layers.Load(Layers.Client), ["Tempera.Model", "Tempera.Grains"], NoExceptions);

    [Fact]
    public void A_rule_notices_a_breach()
    {
        var breach = typeof(Breach).Assembly;

        Assert.Contains(nameof(Breach), Offenders(breach, Clocks, NoExceptions));
        Assert.Contains(nameof(Breach), Offenders(breach, Network, NoExceptions));
        Assert.Contains(nameof(Breach), Offenders(breach, Storage, NoExceptions));
        Assert.DoesNotContain(nameof(Breach), Offenders(breach, Clocks, [nameof(Breach)]));
        Assert.Contains(Layers.Silo, Layers.ReferencesOf(Layers.Load(Layers.Client)));
    }

    private static void AssertFree(Assembly assembly, string[] forbidden, string[] exceptions) =>
        Assert.Empty(Offenders(assembly, forbidden, exceptions));

    private static IEnumerable<string> Offenders(Assembly assembly, string[] forbidden, string[] exceptions) =>
        (OurTypes(assembly).ShouldNot().HaveDependencyOnAny(forbidden).GetResult().FailingTypeNames ?? [])
            .Select(OutermostName).Except(exceptions);

    // A lambda's class is named Namespace.Type/<>c.
    private static string OutermostName(string name) => name[..(name.IndexOf('/') is > 0 and var end ? end : name.Length)].Split('.')[^1];

    // What the Orleans generator writes into an assembly lies in namespaces of its own and is not judged.
    private static PredicateList OurTypes(Assembly assembly) => Types.InAssembly(assembly).That().ResideInNamespaceStartingWith("Tempera");
}
