using System.Globalization;
using Tempera.Model.Oracles.Rna;
using Tempera.Model.Spaces;
using Tempera.Model.Tasks.Rna;
using Tempera.Model.Tests.Oracles.Rna;
using Xunit;

namespace Tempera.Model.Tests.Tasks.Rna;

public sealed class RnaLandscapeTests
{
    public static TheoryData<string, int, int> Known => new()
    {
        { "L14_RNA1", -3840, 336 },
        { "L14_RNA2", -3840, 161 },
        { "L14_RNA3", -3370, 475 },
    };

    [Theory]
    [MemberData(nameof(Known))]
    public void KeptLandscapesCoverTheSpace(string problem, int lowest, int modes)
    {
        var target = Target(problem);
        var landscape = RnaLandscape.Load(target);
        Assert.Equal(1L << 28, landscape.Counts.Sum());
        Assert.Equal(lowest, landscape.Energies[0]);
        Assert.Equal((lowest, modes), (target.LowestEnergy, target.ModeCount));
        Assert.Equal(modes, landscape.ModeCounts.Sum());
        Assert.All(landscape.Energies.Zip(landscape.ModeCounts), pair => Assert.True(pair.First <= target.ModeEnergy || pair.Second == 0));
    }

    // The rule behind the threshold: modes lie strictly beyond the energy on which the 99.5th percentile falls.
    [Theory]
    [InlineData("L14_RNA1")]
    [InlineData("L14_RNA2")]
    [InlineData("L14_RNA3")]
    public void ModeEnergiesAreOneStepBeyondThePercentile(string problem)
    {
        var target = Target(problem);
        var landscape = RnaLandscape.Load(target);
        var strands = landscape.Energies.Zip(landscape.Counts).ToList();
        var beyond = strands.Where(pair => pair.First <= target.ModeEnergy).Sum(pair => pair.Second);
        var next = strands.First(pair => pair.First > target.ModeEnergy).Second;
        Assert.InRange(0.005 * (1L << 28), beyond, beyond + next);
    }

    [Fact]
    public void TheKeptLandscapeEqualsTheReferenceData()
    {
        var landscape = RnaLandscape.Load(RnaTarget.L14Rna1);
        var rows = RnaData.Rows("energy_distribution_L14_RNA1.tsv").ToDictionary(row => Integer(row[0]), row => long.Parse(row[2], CultureInfo.InvariantCulture));
        Assert.Equal(rows.OrderBy(row => row.Key), landscape.Energies.Zip(landscape.Counts, KeyValuePair.Create));

        var modes = RnaData.Rows("modes_L14_RNA1.tsv").CountBy(row => Integer(row[1])).OrderBy(pair => pair.Key);
        Assert.Equal(modes, landscape.Energies.Zip(landscape.ModeCounts, KeyValuePair.Create).Where(pair => pair.Value > 0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void EnumerationCountsWhatTheDefinitionGives(int threads)
    {
        const int Length = 5;
        var target = new RnaTarget("test", "GACCGUAUGGCAUCGGAUU", Length, -2000, -500, 0, 0);
        var reference = new ReferenceDuplexFold(DuplexParameters.Turner2004);
        var space = new PrependAppendSpace(RnaLetters.Alphabet, Length);
        var energies = space.EnumerateObjects().ToDictionary(strand => strand, strand => reference.Energy(target.Sequence, space.Format(strand)));
        var neighbours = new UInt128[space.MaxNeighbours];
        var modes = energies.Where(pair => pair.Value <= target.ModeEnergy)
            .Where(pair =>
            {
                space.GetNeighbours(pair.Key, neighbours);
                return neighbours.All(other => energies[other] > pair.Value);
            }).CountBy(pair => pair.Value).ToDictionary();
        Assert.NotEmpty(modes);

        var landscape = RnaLandscape.Enumerate(target, threads);

        var counts = energies.CountBy(pair => pair.Value).OrderBy(pair => pair.Key).ToList();
        Assert.Equal(counts.Select(pair => pair.Key), landscape.Energies);
        Assert.Equal(counts.Select(pair => (long)pair.Value), landscape.Counts);
        Assert.Equal(landscape.Energies.Select(energy => modes.GetValueOrDefault(energy)), landscape.ModeCounts);
    }

    [Fact]
    public void ProgressEndsAtOne()
    {
        var shares = new List<double>();
        RnaLandscape.Enumerate(new RnaTarget("test", "GGGCCC", 3, -1000, -500, 0, 0), progress: new Collector(shares));
        Assert.Equal(16, shares.Count);
        Assert.Equal(1, shares[^1]);
    }

    [Fact]
    public void EnumerationCanBeCancelled()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => RnaLandscape.Enumerate(RnaTarget.L14Rna1, cancellationToken: source.Token));
    }

    [Fact]
    public void WritingAndReadingGivesTheSameLandscape()
    {
        var landscape = RnaLandscape.Load(RnaTarget.L14Rna1);
        using var writer = new StringWriter();
        landscape.Write(writer);
        var read = RnaLandscape.Read(new StringReader("# a comment\n" + writer));
        Assert.Equal(landscape.Energies, read.Energies);
        Assert.Equal(landscape.Counts, read.Counts);
        Assert.Equal(landscape.ModeCounts, read.ModeCounts);
    }

    [Theory]
    [InlineData("-10\t1\t0")]
    [InlineData("energy_dcal_per_mol\tstrands\tmodes\n-10\t1")]
    [InlineData("energy_dcal_per_mol\tstrands\tmodes\n-10\t1\t2")]
    [InlineData("energy_dcal_per_mol\tstrands\tmodes\n-10\tone\t0")]
    [InlineData("energy_dcal_per_mol\tstrands\tmodes\n-10\t1\t0\n-10\t1\t0")]
    public void DamagedTextIsRefused(string text)
    {
        var error = Assert.Throws<FormatException>(() => RnaLandscape.Read(new StringReader(text)));
        Assert.Contains("reads '-10", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OtherTargetsHaveNoKeptLandscape() =>
        Assert.Throws<ArgumentException>(() => RnaLandscape.Load(new RnaTarget("test", "GGGCCC", 3, -1000, -500, 0, 0)));

    private static RnaTarget Target(string problem) =>
        new[] { RnaTarget.L14Rna1, RnaTarget.L14Rna2, RnaTarget.L14Rna3 }.Single(target => target.Problem == problem);

    private static int Integer(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private sealed class Collector(List<double> shares) : IProgress<double>
    {
        public void Report(double value) => shares.Add(value);
    }
}
