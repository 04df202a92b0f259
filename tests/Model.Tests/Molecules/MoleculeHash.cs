using Tempera.Model.Molecules;

namespace Tempera.Model.Tests.Molecules;

/// <summary>
/// A number that molecules have in common when they are the same graph, and all but never otherwise: colours of atoms, refined
/// as often as there are atoms by the colours around them (Weisfeiler and Leman).
/// </summary>
internal static class MoleculeHash
{
    public static ulong Of(Molecule molecule)
    {
        var colours = molecule.Atoms.Select(atom => Mix(17, atom.Element[0] + 256UL * (ulong)atom.Element.Length + (atom.IsAromatic ? 1UL << 20 : 0)
            + ((ulong)(atom.Hydrogens ?? 0) << 24) + ((ulong)(uint)atom.Charge << 32))).ToArray();
        for (var round = 0; round < molecule.Atoms.Count; round++)
        {
            var next = colours.Select(colour => Mix(3, colour)).ToArray();
            foreach (var bond in molecule.Bonds)
            {
                next[bond.First] += Mix((ulong)bond.Order, colours[bond.Second]);
                next[bond.Second] += Mix((ulong)bond.Order, colours[bond.First]);
            }

            colours = next;
        }

        return colours.Aggregate(0UL, (sum, colour) => sum + Mix(5, colour));
    }

    private static ulong Mix(ulong salt, ulong value)
    {
        var x = value * 0x9E3779B97F4A7C15UL + salt * 0xD1B54A32D192ED03UL;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
        return x ^ (x >> 31);
    }
}
