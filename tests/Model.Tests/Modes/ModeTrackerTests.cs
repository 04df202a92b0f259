using Tempera.Model.Modes;
using Tempera.Model.Tasks;
using Xunit;

namespace Tempera.Model.Tests.Modes;

public sealed class ModeTrackerTests
{
    [Fact]
    public void KeepsModesOnceInTheOrderOfDiscovery()
    {
        var tracker = new ModeTracker(new AboveHalf());
        Assert.Equal(2, tracker.Observe(1, [5, 3, 9], [0.9, 0.1, 0.7]));
        Assert.Equal(1, tracker.Observe(4, [9, 8, 5], [0.7, 0.6, 0.9]));
        Assert.Equal(0, tracker.Observe(5, [], []));
        Assert.Equal([new(5, 0.9, 1), new(9, 0.7, 1), new(8, 0.6, 4)], tracker.Modes);
    }

    [Fact]
    public void RestoredModesContinueAsIfNeverInterrupted()
    {
        var rule = new AboveHalf();
        var (whole, parts) = (new ModeTracker(rule), new ModeTracker(rule));
        whole.Observe(1, [1, 2], [0.9, 0.2]);
        parts.Observe(1, [7], [0.9]);
        parts.Restore([.. whole.Modes]);
        var asked = rule.Asked;
        parts.Observe(2, [1], [0.9]);
        Assert.Equal(asked, rule.Asked);
        whole.Observe(3, [3, 1], [0.8, 0.9]);
        parts.Observe(3, [3, 1], [0.8, 0.9]);
        Assert.Equal(whole.Modes, parts.Modes);
        parts.Restore(parts.Modes);
        Assert.Equal(whole.Modes, parts.Modes);
    }

    [Fact]
    public void WithoutARuleNothingIsAMode() => Assert.Equal(0, new ModeTracker(null).Observe(1, [1], [1]));

    [Fact]
    public void DifferentLengthsAreRefusedWhole()
    {
        var tracker = new ModeTracker(new AboveHalf());
        Assert.Throws<ArgumentException>(() => tracker.Observe(1, [1, 2], [1]));
        Assert.Equal(0, tracker.Count);
    }

    private sealed class AboveHalf : IModeRule
    {
        public int Asked { get; private set; }

        public string Definition => "above one half";

        public int? KnownCount => null;

        public bool IsMode(UInt128 terminal, double score)
        {
            Asked++;
            return score > 0.5;
        }
    }
}
