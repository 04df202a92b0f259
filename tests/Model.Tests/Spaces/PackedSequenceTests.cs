using Tempera.Model.Spaces;
using Xunit;

namespace Tempera.Model.Tests.Spaces;

public sealed class PackedSequenceTests
{
    [Theory]
    [InlineData(2, 1, 120)]
    [InlineData(3, 2, 60)]
    [InlineData(4, 2, 60)]
    [InlineData(5, 3, 40)]
    [InlineData(11, 4, 30)]
    [InlineData(18, 5, 24)]
    [InlineData(256, 8, 15)]
    public void BitsPerSymbol_IsTheCeilingOfTheLogarithm(int alphabet, int bits, int maxLength)
    {
        Assert.Equal(bits, PackedSequence.BitsPerSymbol(alphabet));
        Assert.Equal(maxLength, PackedSequence.MaxLength(bits));
    }

    [Fact]
    public void Layout_IsSymbolZeroLowestAndLengthInTheTopByte()
    {
        var sequence = PackedSequence.Create([1, 2, 3], 5);

        Assert.Equal(((UInt128)3 << 120) | (3 << 10) | (2 << 5) | 1, sequence);
        Assert.Equal(PackedSequence.Create([2, 3], 5), PackedSequence.RemoveFirst(sequence, 5));
        Assert.Equal(PackedSequence.Create([1, 2], 5), PackedSequence.RemoveLast(sequence, 5));
        Assert.Equal(PackedSequence.Letters(sequence), (UInt128)((3 << 10) | (2 << 5) | 1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(8)]
    public void Operations_AgreeWithLists_UpToTheFullLength(int bits)
    {
        var random = new System.Random(7);
        var model = new List<int>();
        var sequence = UInt128.Zero;
        for (var step = 0; step < 2000; step++)
        {
            var symbol = random.Next(1 << bits);
            switch (random.Next(5))
            {
                case 0 or 1 when model.Count < PackedSequence.MaxLength(bits):
                    model.Insert(0, symbol);
                    sequence = PackedSequence.Prepend(sequence, symbol, bits);
                    break;
                case 2 or 3 when model.Count < PackedSequence.MaxLength(bits):
                    model.Add(symbol);
                    sequence = PackedSequence.Append(sequence, symbol, bits);
                    break;
                case 4 when model.Count > 0 && step % 3 == 0:
                    model.RemoveAt(0);
                    sequence = PackedSequence.RemoveFirst(sequence, bits);
                    break;
                case 4 when model.Count > 0:
                    model.RemoveAt(model.Count - 1);
                    sequence = PackedSequence.RemoveLast(sequence, bits);
                    break;
            }

            var symbols = new int[PackedSequence.MaxLength(bits)];
            Assert.Equal(model.Count, PackedSequence.GetSymbols(sequence, bits, symbols));
            Assert.Equal(model, symbols.Take(model.Count));
            Assert.Equal(model, Enumerable.Range(0, model.Count).Select(i => PackedSequence.Symbol(sequence, i, bits)));
            Assert.Equal(PackedSequence.Create(model.ToArray(), bits), sequence);
        }
    }
}
