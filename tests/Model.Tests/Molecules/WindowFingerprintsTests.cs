using System.Globalization;
using Tempera.Model.Molecules;
using Tempera.Model.Spaces;
using Tempera.Model.Tasks.Data;
using Tempera.Model.Tests.Tasks.Data;
using Xunit;

namespace Tempera.Model.Tests.Molecules;

public sealed class WindowFingerprintsTests
{
    [Theory]
    [InlineData("qm9str", "0123456789a", 5, "fingerprint_validation.tsv.gz", 2, 3000)]
    [InlineData("sehstr", "0123456789abcdefgh", 6, "validation.tsv.gz", 4, 5000)]
    public void Bits_AreThoseOfTheLibrary(string task, string alphabet, int length, string validation, int column, int count)
    {
        var (data, space) = (TestData.OrSkip(task), new PrependAppendSpace(alphabet, length));
        var fingerprints = WindowFingerprints.Read(TaskFile.Read(data, $"{task}/fingerprint_windows.tsv.gz"), "windows", space);
        var rows = data.Rows($"{task}/{validation}").ToArray();

        Assert.Equal(count, rows.Length);
        Assert.All(rows, row =>
        {
            Assert.True(space.TryParse(row[0], out var terminal, out _));
            var expected = row[column].Split(',').Select(bit => int.Parse(bit, CultureInfo.InvariantCulture)).ToArray();
            var fingerprint = fingerprints.Of(terminal);
            Assert.Equal(expected, fingerprint.On);
            Assert.Equal(expected.Length, fingerprint.Count);
        });
    }

    [Fact]
    public void Tanimoto_IsTheShareOfCommonBits()
    {
        var (left, right) = (new Fingerprint(), new Fingerprint());
        left.Add([0, 64, 1023]);
        right.Add([64, 1023, 5, 5]);

        Assert.Equal(0.5, Fingerprint.Tanimoto(left, right));
        Assert.Equal(1, Fingerprint.Tanimoto(left, left));
        Assert.Equal(1, Fingerprint.Tanimoto(new Fingerprint(), new Fingerprint()));
        Assert.Contains("0 to 1023", Assert.Throws<ArgumentException>(() => left.Add([1024])).Message);
    }
}
