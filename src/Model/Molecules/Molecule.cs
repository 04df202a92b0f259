namespace Tempera.Model.Molecules;

/// <summary>A molecule as a graph.</summary>
/// <param name="Atoms">Atoms, in the order of their SMILES.</param>
/// <param name="Bonds">Bonds.</param>
public sealed record Molecule(IReadOnlyList<Atom> Atoms, IReadOnlyList<Bond> Bonds)
{
    /// <summary>This molecule and another joined by a single bond; the atoms of the other come after these.</summary>
    /// <param name="atom">Atom of this molecule.</param>
    /// <param name="other">The other molecule.</param>
    /// <param name="otherAtom">Atom of the other molecule.</param>
    public Molecule Join(int atom, Molecule other, int otherAtom)
    {
        var (atoms, shift) = (new List<Atom>(Atoms), Atoms.Count);
        atoms.AddRange(other.Atoms);
        atoms[atom] = atoms[atom].Bonded();
        atoms[shift + otherAtom] = atoms[shift + otherAtom].Bonded();
        return new Molecule(atoms,
        [
            .. Bonds,
            .. other.Bonds.Select(bond => bond with { First = bond.First + shift, Second = bond.Second + shift }),
            new Bond(atom, shift + otherAtom, BondOrder.Single),
        ]);
    }
}
