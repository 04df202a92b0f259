using System.Globalization;
using System.IO.Compression;
using Tempera.Model.Evaluation;
using Tempera.Model.Modes;
using Tempera.Model.Spaces;
using Tempera.Model.Tasks;
using Xunit;

namespace Tempera.Model.Tests.Evaluation;

/// <summary>The table of docs/method.md section 8, from the complete measurements of SIX6 REF R1 (Barrera et al. 2016).</summary>
public sealed class PublishedTargetTests
{
    private static readonly PrependAppendSpace Space = new("ACGT", 8);
    private static readonly RewardScale Scale = new(3, 10, 1);

    [Fact]
    public void ModesLogZAndThePerfectSamplerOfTfbind8()
    {
        var (objects, scores) = Load();
        var table = objects.Zip(scores).ToDictionary(pair => pair.First, pair => pair.Second);
        var modes = new GreedyModeRule(Space, new TestTasks.FunctionOracle(x => table[x]), 0.889);
        var histogram = new TargetHistogram(objects, scores, modes);
        Assert.Equal((65_536L, 328), (histogram.Counts.Sum(), histogram.ModeCounts.Sum()));

        var target = new TargetDistribution(histogram, Scale);
        foreach (var (beta, logZ, mean, found) in new[]
            { (0, 11.090, 0.4638, 204.5), (1, 11.462, 0.6473, 326.5), (3, 14.278, 0.8369, 328.0), (10, 28.392, 0.9481, 328.0) })
        {
            Assert.Equal(logZ, target.LogZ(beta), 5e-4);
            Assert.Equal(mean, target.MeanScore(beta), 5e-5);
            Assert.Equal(found, new PerfectSampler(histogram, Scale, beta).ExpectedModes(64_000), 0.05);
        }

        foreach (var (beta, half, most) in new[] { (0, 45_426, 150_902), (1, 8_119, 27_161), (2, 3_314, 11_322), (3, 2_045, 7_235) })
        {
            var sampler = new PerfectSampler(histogram, Scale, beta);
            Assert.Equal((half, most), (sampler.DrawsToModeShare(0.5)!.Value, sampler.DrawsToModeShare(0.9)!.Value));
        }
    }

    private static (UInt128[] Objects, double[] Scores) Load()
    {
        var path = Path.Combine(Environment.GetEnvironmentVariable("TEMPERA_DATA") ?? "", "tfbind8", "SIX6_REF_R1.tsv.gz");
        Assert.SkipUnless(File.Exists(path), "TEMPERA_DATA does not name a directory with tfbind8/SIX6_REF_R1.tsv.gz.");
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        var (objects, scores) = (new List<UInt128>(), new List<double>());
        reader.ReadLine();
        while (reader.ReadLine()?.Split('\t') is { } row)
        {
            Assert.True(Space.TryParse(row[0], out var terminal, out _));
            objects.Add(terminal);
            scores.Add(double.Parse(row[2], CultureInfo.InvariantCulture));
        }

        return ([.. objects], [.. scores]);
    }
}
