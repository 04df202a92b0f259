using Tempera.Model.Spaces;
using Xunit;

namespace Tempera.Model.Tests.Spaces;

public sealed class AppendSpaceTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void Bits_KeepTheSameLettersWhateverTheWord(int word)
    {
        const string text = "0110100110010110";
        var space = AppendSpace.Bits(16, word);

        Assert.True(space.TryParse(text, out var terminal, out _));
        Assert.Equal(text, space.Format(terminal));
        Assert.Equal(16 / word, PackedSequence.Length(terminal));
        for (var i = 0; i < 16; i++)
        {
            Assert.Equal(text[i] - '0', (int)(PackedSequence.Letters(terminal) >> i) & 1);
        }
    }

    [Fact]
    public void Bits_Hold120()
    {
        var space = AppendSpace.Bits(120, 8);
        var text = string.Concat(Enumerable.Range(0, 120).Select(i => i * i % 7 % 2));

        Assert.True(space.TryParse(text, out var terminal, out _));
        Assert.True(space.IsTerminal(terminal));
        Assert.Equal(text, space.Format(terminal));
        Assert.Equal(120, space.MaxNeighbours);
        Assert.Equal(256, space.MaxChildren);
    }

    [Fact]
    public void Objects_HaveOneTrajectoryEach()
    {
        var space = new AppendSpace("ACGT", 3);
        var orders = SpaceChecks.Push(space, _ => 1);

        Assert.All(space.EnumerateObjects(), terminal => Assert.Equal(1, orders[terminal]));
        Assert.Equal(64, space.EnumerateObjects().Count());
        Assert.Equal("AAA AAC AAG AAT ACA", string.Join(' ', space.EnumerateObjects().Take(5).Select(space.Format)));
    }

    [Theory]
    [InlineData("01201010", "'2'", "letter 3", "Replace or remove")]
    [InlineData("0101", "exactly 8", "received 4", "Give all 8")]
    public void Parse_RefusesWithRuleValueAndRemedy(string text, string rule, string value, string remedy)
    {
        Assert.False(AppendSpace.Bits(8, 2).TryParse(text, out _, out var error));
        Assert.Contains(rule, error);
        Assert.Contains(value, error);
        Assert.Contains(remedy, error);
    }

    [Theory]
    [InlineData(16, 3)]
    [InlineData(16, 0)]
    [InlineData(18, 9)]
    [InlineData(121, 1)]
    [InlineData(0, 1)]
    public void Construction_RefusesWhatDoesNotFit(int bits, int word) =>
        Assert.Throws<ArgumentException>(() => AppendSpace.Bits(bits, word));
}
