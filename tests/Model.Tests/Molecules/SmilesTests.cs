using Tempera.Model.Molecules;
using Tempera.Model.Tests.Tasks.Data;
using Xunit;

namespace Tempera.Model.Tests.Molecules;

public sealed class SmilesTests
{
    [Theory]
    [InlineData("CCO")]
    [InlineData("C1CCCCC1")]
    [InlineData("c1ccc(-c2ccccc2)cc1")]
    [InlineData("O=c1[nH]cnc2[nH]cnc12")]
    [InlineData("c1cc[nH+]cc1")]
    [InlineData("C#CC(C)(F)Cl")]
    [InlineData("C1CC2(C1)CCC2")]
    public void WritingAndReading_GiveTheSameMolecule(string smiles)
    {
        var molecule = SmilesReader.Read(smiles);
        Assert.Equal(MoleculeHash.Of(molecule), MoleculeHash.Of(SmilesReader.Read(SmilesWriter.Write(molecule))));
    }

    [Fact]
    public void ABondTakesAnExplicitHydrogen()
    {
        var pyrrole = SmilesReader.Read("c1cc[nH]c1");
        var pyridinium = SmilesReader.Read("c1cc[nH+]cc1");

        Assert.Equal("c1ccn(c1)C", SmilesWriter.Write(pyrrole.Join(3, SmilesReader.Read("C"), 0)));
        Assert.Equal("c1cc[n+](cc1)C", SmilesWriter.Write(pyridinium.Join(3, SmilesReader.Read("C"), 0)));
        Assert.Equal("c1ccn(c1)-c1ccccc1", SmilesWriter.Write(pyrrole.Join(3, SmilesReader.Read("c1ccccc1"), 0)));
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("C(C", 4)]
    [InlineData("CC)", 3)]
    [InlineData("C1CC", 5)]
    [InlineData("C$", 2)]
    [InlineData("[13C]", 1)]
    public void OtherText_IsRefusedWithThePlace(string smiles, int character) =>
        Assert.Contains($"character {character}.", Assert.Throws<FormatException>(() => SmilesReader.Read(smiles)).Message);

    [Theory]
    [InlineData("qm9str", "fingerprint_validation.tsv.gz", 1, 3000)]
    [InlineData("qm9str", "modes.tsv", 2, 364)]
    [InlineData("sehstr", "validation.tsv.gz", 2, 5000)]
    [InlineData("sehstr", "modes.tsv", 2, 159)]
    public void Molecules_AreThoseOfTheLibrary(string name, string file, int column, int count)
    {
        var task = TestData.Create(name);
        var rows = new TestData().Rows($"{name}/{file}").ToArray();

        Assert.Equal(count, rows.Length);
        var wrong = rows.Select(row => (Text: row[0], Ours: task.Notation!.Write(TestData.Parse(task, row[0])), Theirs: row[column]))
            .Where(item => MoleculeHash.Of(SmilesReader.Read(item.Ours)) != MoleculeHash.Of(SmilesReader.Read(item.Theirs))).ToArray();
        Assert.Empty(wrong);
    }
}
