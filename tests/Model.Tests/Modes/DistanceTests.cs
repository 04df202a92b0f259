using Tempera.Model.Modes;
using Tempera.Model.Spaces;
using Xunit;

namespace Tempera.Model.Tests.Modes;

public sealed class DistanceTests
{
    [Theory]
    [InlineData("ACGT", 12)]
    [InlineData("AB", 30)]
    [InlineData("0123456789abcdefgh", 20)]
    public void Hamming_CountsLettersThatDiffer(string alphabet, int length)
    {
        var (space, random) = (new PrependAppendSpace(alphabet, length), new System.Random(4));
        var texts = Enumerable.Range(0, 40).Select(_ => string.Concat(Enumerable.Range(0, length).Select(_ => alphabet[random.Next(alphabet.Length)]))).ToArray();
        var objects = texts.Select(text => space.TryParse(text, out var terminal, out _) ? terminal : default).ToArray();
        var between = new HammingDistance(alphabet.Length).Between(objects);
        for (var i = 0; i < texts.Length; i++)
        {
            for (var j = 0; j < texts.Length; j++)
            {
                Assert.Equal(texts[i].Zip(texts[j]).Count(pair => pair.First != pair.Second), between(i, j));
            }
        }
    }

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("ACGT", "CGTA", 2)]
    [InlineData("AAAA", "TTTT", 4)]
    [InlineData("AC", "", 2)]
    public void Levenshtein_CountsEdits(string left, string right, int edits)
    {
        Assert.Equal(edits, LevenshteinDistance.Of(left, right));
        Assert.Equal(edits, LevenshteinDistance.Of(right, left));
    }

    [Fact]
    public void ABallHasEveryObjectWithinItsRadiusOnce()
    {
        var space = new PrependAppendSpace("ACG", 5);
        var (centre, distance) = (space.EnumerateObjects().ElementAt(77), new HammingDistance(3));
        for (var radius = 1; radius <= 3; radius++)
        {
            Assert.Equal(
                space.EnumerateObjects().Where(other => distance.Of(centre, other) is var d && d >= 1 && d <= radius).Order(),
                HammingBall.Around(space, centre, radius).Order());
        }
    }
}
