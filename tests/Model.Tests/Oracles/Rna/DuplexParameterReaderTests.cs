using System.Text.Json;
using Tempera.Model.Oracles.Rna;
using Xunit;

namespace Tempera.Model.Tests.Oracles.Rna;

public sealed class DuplexParameterReaderTests
{
    private static readonly Lazy<string> Text = new(() =>
    {
        using var reader = new StreamReader(typeof(DuplexParameters).Assembly.GetManifestResourceStream("rna/Turner2004.txt")!);
        return reader.ReadToEnd();
    });

    [Fact]
    public void TheEmbeddedSetHasThePublishedValues()
    {
        var set = DuplexParameters.Turner2004;
        Assert.Equal((410, 50, 60, 300, 30), (set.DuplexInit, set.TerminalAu, set.Ninio, set.MaxNinio, set.MaxLoop));
        Assert.Equal((380, 280, 610), (set.Bulge[1], set.Bulge[2], set.Bulge[30]));
        Assert.Equal((100, 200, 370), (set.InternalLoop[2], set.InternalLoop[5], set.InternalLoop[30]));
        Assert.Equal(-240, set.Stack[0]);
        Assert.Equal(-330, set.Stack[1]);
        Assert.Equal(130, set.Stack[2 * 6 + 2]);
        Assert.Equal(-140, set.Int11[2 * 4 + 2]);
        Assert.Equal(
            [36, 96, 24, 24, 96, 96, 96, 576, 2304, 9216],
            new[]
            {
                set.Stack.Length, set.MismatchExterior.Length, set.Dangle5.Length, set.Dangle3.Length, set.MismatchInterior.Length,
                set.MismatchInterior1N.Length, set.MismatchInterior23.Length, set.Int11.Length, set.Int21.Length, set.Int22.Length,
            });
    }

    [Fact]
    public void TheEmbeddedSetEqualsTheReferenceData()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(RnaData.Path("turner2004_duplex.json")));
        var set = DuplexParameters.Turner2004;
        var root = json.RootElement;
        foreach (var (name, values) in new (string, IReadOnlyList<int>)[]
        {
            ("stack", set.Stack), ("mismatch_exterior", set.MismatchExterior), ("dangle5", set.Dangle5), ("dangle3", set.Dangle3),
            ("mismatch_interior", set.MismatchInterior), ("mismatch_interior_1n", set.MismatchInterior1N),
            ("mismatch_interior_23", set.MismatchInterior23), ("int11", set.Int11), ("int21", set.Int21), ("int22", set.Int22),
            ("bulge", set.Bulge), ("internal_loop", set.InternalLoop), ("duplex_init", [set.DuplexInit]),
            ("terminal_au", [set.TerminalAu]), ("ninio", [set.Ninio]), ("max_ninio", [set.MaxNinio]), ("max_loop", [set.MaxLoop]),
        })
        {
            Assert.Equal(Numbers(root.GetProperty(name)), values);
        }
    }

    [Theory]
    [InlineData("format tempera-nearest-neighbour 1", "format tempera-nearest-neighbour 2", "The first statement")]
    [InlineData("scalar ninio 60", "scalar ninio sixty", "'sixty' is not")]
    [InlineData("scalar ninio 60", "scalar ninio 6000", "from -1000 to 1000")]
    [InlineData("scalar ninio 60", "scalar ninos 60", "known name")]
    [InlineData("scalar ninio 60", "", "missing: ninio")]
    [InlineData("scalar ninio 60", "scalar ninio 60\nscalar ninio 60", "'ninio' is repeated")]
    [InlineData("scalar max-loop 30", "scalar max-loop 29", "max-loop 29")]
    [InlineData("sizes bulge 1 30", "sizes bulge 0 30", "Sizes run from 1")]
    [InlineData("sizes bulge 1 30", "sizes bulge 1 29", "there are more")]
    [InlineData("table dangle5 pair | base", "table dangle5 base | pair", "dimensions of 'dangle5'")]
    [InlineData("UA UA U U  230", "UA UA U G  230", "is 'UA UA U U' and 16 values")]
    [InlineData("UA UA U U  230", "UA UA U U", "and 16 values")]
    [InlineData("UA UA U U  230", "UA UA U U  240", "turned round")]
    [InlineData("GC -330 -340", "GC -310 -340", "turned round")]
    public void DamagedTextIsRefused(string original, string damaged, string rule)
    {
        Assert.Contains(original, Text.Value, StringComparison.Ordinal);
        var error = Assert.Throws<FormatException>(() => Read(Text.Value.Replace(original, damaged, StringComparison.Ordinal)));
        Assert.Contains(rule, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TruncatedTextIsRefused()
    {
        for (var length = 0; length < Text.Value.Length - 80; length += 997)
        {
            Assert.Throws<FormatException>(() => Read(Text.Value[..length]));
        }
    }

    private static DuplexParameters Read(string text) => DuplexParameterReader.Read(new StringReader(text));

    private static IEnumerable<int> Numbers(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Numbers),
        JsonValueKind.Null => [0],
        _ => [element.GetInt32()],
    };
}
