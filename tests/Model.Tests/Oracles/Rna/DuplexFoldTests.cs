using Tempera.Model.Oracles.Rna;
using Xunit;

namespace Tempera.Model.Tests.Oracles.Rna;

public sealed class DuplexFoldTests
{
    private static readonly ReferenceDuplexFold Reference = new(DuplexParameters.Turner2004);

    private static readonly string[] Targets = [RnaTarget.L14Rna1.Sequence, RnaTarget.L14Rna2.Sequence, RnaTarget.L14Rna3.Sequence];

    [Theory]
    [InlineData("CACAUCCGGCCGCC", -2340, -1880, -1190)]
    [InlineData("CACAUCCGGCUCGC", -2510, -2180, -1000)]
    public void PublishedEnergiesAreReproduced(string strand, int energy1, int energy2, int energy3)
    {
        Assert.Equal([energy1, energy2, energy3], Targets.Select(target => Fold(target, strand)));
    }

    [Fact]
    public void TheBestStrandHasTheLowestEnergy() => Assert.Equal(-3840, Fold(Targets[0], "GGGGGCCCCGCGCG"));

    // Worked by hand: 410 to join, three stacks of G-C upon G-C at -330 and no neighbours at either end.
    [Fact]
    public void AHelixIsInitiationAndStacks() => Assert.Equal(410 - 3 * 330, Fold("GGGG", "CCCC"));

    // One A-U pair upon three stacks of C-G: its stack of -220 and its penalty of 50 are worth more than any unpaired neighbours.
    [Fact]
    public void AUEndsArePenalised() => Assert.Equal(410 - 3 * 330 - 220 + 50, Fold("ACCCC", "GGGGU"));

    // A bulge of one base costs 380 and keeps the stack across it; four pairs around it leave the end neighbours out.
    [Fact]
    public void ABulgeOfOneKeepsTheStack() => Assert.Equal(410 - 7 * 330 + 380, Fold("GGGGAGGGG", "CCCCCCCC"));

    [Fact]
    public void StrandsThatCannotPairAreUnbound()
    {
        Assert.Equal(DuplexFold.Unbound, Fold("AAAA", "CCC"));
        Assert.False(new DuplexFold(DuplexParameters.Turner2004, "AAAA", 3).IsStrictLocalMinimum([1, 1, 1]));
    }

    [Fact]
    public void RandomStrandsAgreeWithTheDefinition()
    {
        var random = new System.Random(1);
        foreach (var target in Targets)
        {
            var fold = new DuplexFold(DuplexParameters.Turner2004, target, 14);
            for (var i = 0; i < 60; i++)
            {
                Agree(fold, Strand(random, 14));
            }
        }
    }

    [Fact]
    public void StrandsThatFormLoopsAgreeWithTheDefinition()
    {
        var random = new System.Random(2);
        for (var i = 0; i < 100; i++)
        {
            // A strand that complements two windows of the target with a gap between them folds into a loop of that size.
            var target = Strand(random, random.Next(60, 120));
            var (first, second) = (random.Next(5, 9), random.Next(5, 9));
            var start = random.Next(target.Length - first - second - 31);
            var gap = random.Next(30);
            var filler = Strand(random, random.Next(0, 30 - first - second));
            var strand = Complement(target.Substring(start + first + gap, second)) + filler + Complement(target.Substring(start, first));
            strand = strand[..Math.Min(strand.Length, 20)];
            Agree(new DuplexFold(DuplexParameters.Turner2004, target, strand.Length), strand);
        }
    }

    [Fact]
    public void AllLengthsAgreeWithTheDefinition()
    {
        var random = new System.Random(3);
        for (var i = 0; i < 120; i++)
        {
            var fold = new DuplexFold(DuplexParameters.Turner2004, Strand(random, 1 + i), 1 + i % 20);
            Agree(fold, Strand(random, fold.Length));
        }
    }

    [Fact]
    public void ScoresDoNotDependOnWhatWasScoredBefore()
    {
        var random = new System.Random(4);
        var fold = new DuplexFold(DuplexParameters.Turner2004, Targets[0], 14);
        var strands = Enumerable.Range(0, 200).Select(_ => RnaLetters.Parse(Strand(random, 14))).ToArray();
        var alone = strands.Select(strand => new DuplexFold(DuplexParameters.Turner2004, Targets[0], 14).Energy(strand)).ToArray();
        var parallel = new int[strands.Length];
        Parallel.For(0, strands.Length, i => parallel[i] = fold.Energy(strands[i]));
        Assert.Equal(alone, strands.Select(strand => fold.Energy(strand)));
        Assert.Equal(alone, parallel);
    }

    [Fact]
    public void ScoringAllocatesNothingOnceWarm()
    {
        var fold = new DuplexFold(DuplexParameters.Turner2004, Targets[0], 14);
        byte[] strand = [1, 0, 1, 0, 3, 1, 1, 2, 2, 1, 1, 2, 1, 1];
        fold.Energy(strand);
        fold.IsStrictLocalMinimum(strand);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            fold.Energy(strand);
            fold.IsStrictLocalMinimum(strand);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void LocalMinimaAreThoseThatNoSubstitutionReaches()
    {
        var random = new System.Random(5);
        var fold = new DuplexFold(DuplexParameters.Turner2004, Targets[0], 14);
        var minima = 0;
        for (var i = 0; i < 50; i++)
        {
            // Steepest descent ends where substitutions stop helping: at strict minima and on plateaus.
            var strand = RnaLetters.Parse(Strand(random, 14));
            while (Neighbours(strand).MinBy(other => fold.Energy(other)) is { } better && fold.Energy(better) < fold.Energy(strand))
            {
                Check(strand);
                strand = better;
            }

            Check(strand);
        }

        Assert.True(minima > 5, $"only {minima} strict minima met: the test has lost its subject");

        void Check(byte[] strand)
        {
            var expected = Neighbours(strand).All(other => fold.Energy(other) > fold.Energy(strand));
            Assert.Equal(expected, fold.IsStrictLocalMinimum(strand));
            minima += expected ? 1 : 0;
        }
    }

    [Theory]
    [InlineData(new byte[] { 0, 1, 2 })]
    [InlineData(new byte[] { 0, 1, 2, 4 })]
    public void OtherStrandsAreRefused(byte[] letters)
    {
        var fold = new DuplexFold(DuplexParameters.Turner2004, "GGGG", 4);
        var error = Assert.Throws<ArgumentException>(() => fold.Energy(letters));
        Assert.Contains("4 letters with indices 0 to 3", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    public void LengthsOutOfRangeAreRefused(int length) =>
        Assert.Throws<ArgumentException>(() => new DuplexFold(DuplexParameters.Turner2004, "GGGG", length));

    private static void Agree(DuplexFold fold, string strand) =>
        Assert.True(
            Reference.Energy(fold.Target, strand) == fold.Energy(RnaLetters.Parse(strand)), $"target {fold.Target}, strand {strand}");

    private static int Fold(string target, string strand) =>
        new DuplexFold(DuplexParameters.Turner2004, target, strand.Length).Energy(RnaLetters.Parse(strand));

    private static IEnumerable<byte[]> Neighbours(byte[] strand) =>
        from at in Enumerable.Range(0, strand.Length)
        from letter in Enumerable.Range(0, 4)
        where letter != strand[at]
        select strand.Select((own, i) => i == at ? (byte)letter : own).ToArray();

    private static string Strand(System.Random random, int length) =>
        string.Create(length, random, (text, source) =>
        {
            foreach (ref var letter in text)
            {
                letter = RnaLetters.Alphabet[source.Next(4)];
            }
        });

    private static string Complement(string strand) => new([.. strand.Reverse().Select(letter => "UGCA"[RnaLetters.Alphabet.IndexOf(letter)])]);
}
