using System.Globalization;
using System.Text;

namespace Tempera.Model.Molecules;

/// <summary>Writes a molecule as SMILES, depth first from its first atom; not canonical, but the same text for the same graph.</summary>
/// <remarks>Recurses once an atom, so it is for molecules of at most some thousands of atoms.</remarks>
public static class SmilesWriter
{
    /// <summary>Writes a connected molecule.</summary>
    public static string Write(Molecule molecule)
    {
        var walk = new Walk(molecule);
        walk.FindRings(0, -1);
        walk.Visit(0, -1);
        return walk.Text.ToString();
    }

    private sealed class Walk
    {
        private readonly Molecule _molecule;
        private readonly List<(int Atom, int Bond)>[] _neighbours;
        private readonly List<int>[] _ringBonds;
        private readonly bool[] _isRing;
        private readonly bool[] _seen;
        private readonly Dictionary<int, int> _openRings = [];

        public Walk(Molecule molecule)
        {
            _molecule = molecule;
            var count = molecule.Atoms.Count;
            (_neighbours, _ringBonds) = (new List<(int, int)>[count], new List<int>[count]);
            (_seen, _isRing) = (new bool[count], new bool[molecule.Bonds.Count]);
            for (var atom = 0; atom < count; atom++)
            {
                (_neighbours[atom], _ringBonds[atom]) = ([], []);
            }

            for (var bond = 0; bond < molecule.Bonds.Count; bond++)
            {
                var (first, second, _) = molecule.Bonds[bond];
                _neighbours[first].Add((second, bond));
                _neighbours[second].Add((first, bond));
            }
        }

        public StringBuilder Text { get; } = new();

        // The bonds that lead back to an atom seen before close rings; both of their ends write a number.
        public void FindRings(int atom, int from)
        {
            _seen[atom] = true;
            foreach (var (next, bond) in _neighbours[atom])
            {
                if (bond == from || _isRing[bond])
                {
                    continue;
                }

                if (_seen[next])
                {
                    _isRing[bond] = true;
                    _ringBonds[next].Add(bond);
                    _ringBonds[atom].Add(bond);
                }
                else
                {
                    FindRings(next, bond);
                }
            }
        }

        public void Visit(int atom, int from)
        {
            Text.Append(_molecule.Atoms[atom]);
            foreach (var bond in _ringBonds[atom])
            {
                WriteRing(bond);
            }

            var next = _neighbours[atom].Where(neighbour => neighbour.Bond != from && !_isRing[neighbour.Bond]).ToArray();
            for (var i = 0; i < next.Length; i++)
            {
                var isBranch = i < next.Length - 1;
                Text.Append(isBranch ? "(" : "").Append(Symbol(next[i].Bond));
                Visit(next[i].Atom, next[i].Bond);
                Text.Append(isBranch ? ")" : "");
            }
        }

        private void WriteRing(int bond)
        {
            if (_openRings.Remove(bond, out var number))
            {
                Text.Append(Number(number));
                return;
            }

            number = Enumerable.Range(1, _openRings.Count + 1).First(free => !_openRings.ContainsValue(free));
            _openRings[bond] = number;
            Text.Append(Symbol(bond)).Append(Number(number));
        }

        private string Symbol(int index)
        {
            var bond = _molecule.Bonds[index];
            return bond.Order switch
            {
                BondOrder.Double => "=",
                BondOrder.Triple => "#",
                BondOrder.Single when _molecule.Atoms[bond.First].IsAromatic && _molecule.Atoms[bond.Second].IsAromatic => "-",
                _ => "",
            };
        }

        private static string Number(int ring) =>
            ring < 10 ? ring.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"%{ring:00}");
    }
}
