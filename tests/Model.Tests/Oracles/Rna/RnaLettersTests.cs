using Tempera.Model.Oracles.Rna;
using Xunit;

namespace Tempera.Model.Tests.Oracles.Rna;

public sealed class RnaLettersTests
{
    [Fact]
    public void PairTypesFollowTheirNames()
    {
        for (var first = 0; first < RnaLetters.Count; first++)
        {
            for (var second = 0; second < RnaLetters.Count; second++)
            {
                var name = $"{RnaLetters.Alphabet[first]}{RnaLetters.Alphabet[second]}";
                Assert.Equal(RnaLetters.Pairs.ToList().IndexOf(name), RnaLetters.Pair(first, second));
            }
        }
    }

    [Fact]
    public void LettersAreReadInOrder() => Assert.Equal<byte>([0, 1, 2, 3, 0], RnaLetters.Parse("ACGUA"));

    [Theory]
    [InlineData("ACGT", "'T' at letter 4")]
    [InlineData("aCGU", "'a' at letter 1")]
    public void OtherLettersAreRefused(string sequence, string received)
    {
        var error = Assert.Throws<ArgumentException>(() => RnaLetters.Parse(sequence));
        Assert.Contains(received, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnEmptySequenceIsRefused() => Assert.Throws<ArgumentException>(() => RnaLetters.Parse(""));
}
