using Tempera.Model.Spaces;
using Xunit;

namespace Tempera.Model.Tests.Spaces;

public sealed class PositionalSpaceTests
{
    public static TheoryData<IPositionalSpace> Spaces() =>
        [new PrependAppendSpace("ABC", 4), new AppendSpace("ABCDE", 3), AppendSpace.Bits(6, 2), new HypergridSpace(3, 4)];

    [Theory]
    [MemberData(nameof(Spaces))]
    public void EveryCombinationOfDigitsIsAnObjectAndNoneIsLeftOut(IPositionalSpace space)
    {
        var digits = new int[space.Positions];
        var seen = new HashSet<string>();
        foreach (var terminal in space.EnumerateObjects())
        {
            space.GetDigits(terminal, digits);
            Assert.All(digits, digit => Assert.InRange(digit, 0, space.Digits - 1));
            Assert.Equal(terminal, space.FromDigits(digits));
            Assert.True(space.IsTerminal(space.FromDigits(digits)));
            Assert.True(seen.Add(string.Join(',', digits)));
        }

        Assert.Equal(Math.Pow(space.Digits, space.Positions), seen.Count);
    }
}
