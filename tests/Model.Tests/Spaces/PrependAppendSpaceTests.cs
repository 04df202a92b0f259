using Tempera.Model.Spaces;
using Xunit;

namespace Tempera.Model.Tests.Spaces;

public sealed class PrependAppendSpaceTests
{
    [Theory]
    [InlineData("ACG", "ACGU", "AACG CACG GACG UACG ACGA ACGC ACGG ACGU")]
    [InlineData("AA", "ACGU", "AAA CAA GAA UAA AAC AAG AAU")]
    [InlineData("CC", "ACGU", "ACC CCC GCC UCC CCA CCG CCU")]
    [InlineData("U", "ACGU", "AU CU GU UU UA UC UG")]
    [InlineData("", "ACGU", "A C G U")]
    [InlineData("ACACAC", "AC", "AACACAC CACACAC ACACACA ACACACC")]
    public void Children_ArePrependsThenAppendsWithoutDuplicates(string text, string alphabet, string children)
    {
        var space = new PrependAppendSpace(alphabet, 10);

        Assert.Equal(children.Split(' '), SpaceChecks.Children(space, Pack(alphabet, text)).Select(child => Text(alphabet, child)));
    }

    [Theory]
    [InlineData("ACG", "CG AC")]
    [InlineData("AAA", "AA")]
    [InlineData("AAC", "AC AA")]
    [InlineData("G", "")]
    public void Parents_AreDeleteFirstThenDeleteLast(string text, string parents)
    {
        var space = new PrependAppendSpace("ACGU", 10);

        Assert.Equal(parents.Split(' '), SpaceChecks.Parents(space, Pack("ACGU", text)).Select(parent => Text("ACGU", parent)));
    }

    [Theory]
    [InlineData("ACG")]
    [InlineData("CC")]
    [InlineData("")]
    public void ForwardActions_PointAtTheChildTheyMake(string text)
    {
        var space = new PrependAppendSpace("ACGU", 10);
        var (actions, edges) = (new int[8], new int[8]);
        var children = SpaceChecks.Children(space, Pack("ACGU", text));

        Assert.Equal(8, space.GetForwardActions(Pack("ACGU", text), actions, edges));
        for (var i = 0; i < 8; i++)
        {
            var expected = actions[i] < 4 ? "ACGU"[actions[i]] + text : text + "ACGU"[actions[i] - 4];
            Assert.Equal(expected, Text("ACGU", children[edges[i]]));
        }
    }

    [Theory]
    [InlineData("ACG")]
    [InlineData("CC")]
    [InlineData("U")]
    public void BackwardActions_PointAtTheParentTheyMake(string text)
    {
        var space = new PrependAppendSpace("ACGU", 10);
        var (actions, edges) = (new int[2], new int[2]);
        var parents = SpaceChecks.Parents(space, Pack("ACGU", text));

        Assert.Equal(2, space.GetBackwardActions(Pack("ACGU", text), actions, edges));
        Assert.Equal([0, 1], actions);
        Assert.Equal(text[1..], Text("ACGU", parents[edges[0]]));
        Assert.Equal(text[..^1], Text("ACGU", parents[edges[1]]));
    }

    [Theory]
    [InlineData("ACGUA")]
    [InlineData("ACGUACGUAC")]
    [InlineData("GC")]
    public void ConstructionOrders_AreTwoToTheLengthMinusOne(string text)
    {
        // A prefix window over distinct neighbours grows left or right at each step; runs merge orders, so none are here.
        var space = new PrependAppendSpace("ACGU", text.Length);

        Assert.Equal(1L << (text.Length - 1), Orders(space, Pack("ACGU", text), []));
    }

    [Fact]
    public void Features_AreOneHotLeftAligned()
    {
        var space = new PrependAppendSpace("ACGU", 14);
        var active = new int[14];

        Assert.Equal(3, space.GetFeatures(Pack("ACGU", "UAG"), active));
        Assert.Equal([3, 4, 10], active[..3]);
        Assert.Equal(56, space.FeatureCount);
    }

    [Fact]
    public void FullLength_UsesAll120Bits()
    {
        var space = new PrependAppendSpace("ABCDEFGHIJKLMNOPQR", 24);
        var state = space.Root;
        for (var i = 0; i < 24; i++)
        {
            var children = SpaceChecks.Children(space, state);
            state = i % 2 == 0 ? children[^1] : children[17 - i % 18];
        }

        Assert.True(space.IsTerminal(state));
        Assert.True(space.TryParse(space.Format(state), out var parsed, out _));
        Assert.Equal(state, parsed);
    }

    [Theory]
    [InlineData("ACGTACGTACGTAC", "'T'", "letter 4", "Write 'U'")]
    [InlineData("acguacguacguac", "'a'", "letter 1", "upper case")]
    [InlineData("ACGUACGUACGUA", "exactly 14", "received 13", "Give all 14")]
    [InlineData("ACGUACGUACGUACG", "exactly 14", "received 15", "Give all 14")]
    [InlineData("", "exactly 14", "received 0", "Give all 14")]
    [InlineData("ACGU ACGUACGUA", "' '", "letter 5", "Replace or remove")]
    public void Parse_RefusesWithRuleValueAndRemedy(string text, string rule, string value, string remedy)
    {
        var space = new PrependAppendSpace("ACGU", 14);

        Assert.False(space.TryParse(text, out var terminal, out var error));
        Assert.Equal(UInt128.Zero, terminal);
        Assert.Contains(rule, error);
        Assert.Contains(value, error);
        Assert.Contains(remedy, error);
    }

    [Theory]
    [InlineData("A", 3)]
    [InlineData("AA", 3)]
    [InlineData("ACGU", 0)]
    [InlineData("ACGU", 61)]
    public void Construction_RefusesWhatDoesNotFit(string alphabet, int length) =>
        Assert.Throws<ArgumentException>(() => new PrependAppendSpace(alphabet, length));

    private static long Orders(PrependAppendSpace space, UInt128 state, Dictionary<UInt128, long> known)
    {
        if (state == space.Root)
        {
            return 1;
        }

        if (!known.TryGetValue(state, out var orders))
        {
            orders = SpaceChecks.Parents(space, state).Sum(parent => Orders(space, parent, known));
            known[state] = orders;
        }

        return orders;
    }

    private static UInt128 Pack(string alphabet, string text) =>
        PackedSequence.Create(text.Select(letter => alphabet.IndexOf(letter)).ToArray(), PackedSequence.BitsPerSymbol(alphabet.Length));

    private static string Text(string alphabet, UInt128 state)
    {
        var symbols = new int[PackedSequence.Length(state)];
        PackedSequence.GetSymbols(state, PackedSequence.BitsPerSymbol(alphabet.Length), symbols);
        return string.Concat(symbols.Select(symbol => alphabet[symbol]));
    }
}
