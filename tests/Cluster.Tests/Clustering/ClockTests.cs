using System.Globalization;

using Tempera.Cluster.Tests.Fixtures;

using Xunit;

namespace Tempera.Cluster.Tests.Clustering;

/// <summary>The wall clock of a real silo, moved by libfaketime.</summary>
[Collection(ServicesCollection.Name)]
public sealed class ClockTests(Services services)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);
    private static readonly string? Library = Directory.EnumerateFiles("/usr/lib", "libfaketimeMT.so.1", new EnumerationOptions { RecurseSubdirectories = true }).FirstOrDefault();

    [Fact]
    public async Task A_silo_whose_clock_goes_back_ends_itself_and_one_whose_clock_goes_ahead_goes_on()
    {
        Assert.SkipWhen(Library is null, "libfaketime is not installed; .ci/services installs it");
        var clock = Path.GetTempFileName();
        Set(clock, TimeSpan.Zero);
        await using var cluster = services.NewCluster();
        cluster.Environment = new Dictionary<string, string>
        {
            ["LD_PRELOAD"] = Library,
            ["FAKETIME_TIMESTAMP_FILE"] = clock,
            ["FAKETIME_CACHE_DURATION"] = "1",
            ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
            ["FAKETIME_FORCE_MONOTONIC_FIX"] = "0",
        };
        await cluster.Start(silos: 1);
        var silo = cluster.Silos.Single();
        await using (var client = await cluster.Connect())
        {
            Set(clock, TimeSpan.FromHours(3));
            await Task.Delay(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
            Assert.Empty(await client.List());
        }

        Assert.False(silo.Process.HasExited);
        Set(clock, TimeSpan.Zero);

        Assert.Equal(1, await silo.Process.WaitForExit(Limit));
        Assert.Contains("went back by 180 minutes", silo.Process.Output, StringComparison.Ordinal);
        Assert.Contains("Start it again", silo.Process.Output, StringComparison.Ordinal);
        File.Delete(clock);
    }

    private static void Set(string file, TimeSpan offset)
    {
        File.WriteAllText(file + ".next", string.Create(CultureInfo.InvariantCulture, $"{offset.TotalSeconds:+0;-0;+0}"));
        File.Move(file + ".next", file, overwrite: true);
    }
}
