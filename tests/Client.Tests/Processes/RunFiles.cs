using System.Text.Json.Nodes;

using Xunit;

namespace Tempera.Client.Tests.Processes;

/// <summary>Compares what two runs of one specification left behind, bit for bit apart from timings.</summary>
internal static class RunFiles
{
    private static readonly string[] Timings = ["seconds", "cpu_seconds"];

    /// <summary>Fails unless weights, moments, rounds, evaluations and modes are the same.</summary>
    public static void AssertSame(string expected, string actual)
    {
        var newest = Path.GetFileName(Checkpoints(expected)[^1]);
        Assert.Equal(newest, Path.GetFileName(Checkpoints(actual)[^1]));
        foreach (var file in (string[])["weights.safetensors", "optimizer.safetensors"])
        {
            AssertSameBytes(Path.Combine("checkpoints", newest, file));
        }

        AssertSameBytes("modes.csv");
        AssertSameBytes("evaluations.parquet");
        Assert.Equal(Rounds(expected), Rounds(actual));

        void AssertSameBytes(string file) => Assert.True(
            File.ReadAllBytes(Path.Combine(expected, file)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(actual, file))), file + " differs");
    }

    /// <summary>Checkpoint folders, oldest first.</summary>
    public static string[] Checkpoints(string run) => [.. Directory.GetDirectories(Path.Combine(run, "checkpoints")).Order(StringComparer.Ordinal)];

    /// <summary>Round events without timings, in file order.</summary>
    public static string[] Rounds(string run) =>
    [
        .. File.ReadLines(Path.Combine(run, "events.jsonl")).Select(static line => JsonNode.Parse(line)!.AsObject())
            .Where(static e => (string?)e["event"] == "round").Select(WithoutTimings),
    ];

    private static string WithoutTimings(JsonObject e)
    {
        foreach (var name in Timings)
        {
            Assert.True(e.Remove(name), $"a round event has no {name}");
        }

        return e.ToJsonString();
    }
}
