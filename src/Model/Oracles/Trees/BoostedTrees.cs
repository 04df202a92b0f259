using System.Text.Json;
using Tempera.Model.Tasks.Data;

namespace Tempera.Model.Oracles.Trees;

/// <summary>A gradient-boosted regression model on the one-hot code of strings: feature = position * blocks + block.</summary>
/// <param name="Positions">Length of the strings.</param>
/// <param name="Blocks">Size of the alphabet.</param>
/// <param name="Baseline">What is added to.</param>
/// <param name="Trees">The trees, in order.</param>
public sealed record BoostedTrees(int Positions, int Blocks, double Baseline, IReadOnlyList<RegressionTree> Trees)
{
    // Every test asks whether a feature of 0 or 1 is 1.
    private const double Threshold = 0.5;

    /// <summary>Reads <c>gbr_model.json</c>.</summary>
    /// <exception cref="TaskDataException">The file is another one.</exception>
    public static BoostedTrees Read(TaskFile file, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(file.Content);
            var root = document.RootElement;
            return new BoostedTrees(
                root.GetProperty("n_positions").GetInt32(), root.GetProperty("n_blocks").GetInt32(), root.GetProperty("baseline").GetDouble(),
                [.. root.GetProperty("trees").EnumerateArray().Select(ReadTree)]);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or FormatException or InvalidOperationException or ArgumentException)
        {
            throw new TaskDataException($"A model of trees has a baseline and trees of parallel arrays; '{name}' cannot be read: {exception.Message} Restore the file.", exception);
        }
    }

    private static RegressionTree ReadTree(JsonElement tree)
    {
        var features = Whole("feature");
        var thresholds = Real("threshold");
        return features.Where((feature, node) => feature >= 0 && thresholds[node] != Threshold).Any()
            ? throw new FormatException($"a threshold is not {Threshold}.")
            : new RegressionTree(features, Whole("left"), Whole("right"), Real("value"));

        int[] Whole(string key) => [.. tree.GetProperty(key).EnumerateArray().Select(static element => element.GetInt32())];

        double[] Real(string key) => [.. tree.GetProperty(key).EnumerateArray().Select(static element => element.ValueKind == JsonValueKind.Null ? double.NaN : element.GetDouble())];
    }
}
