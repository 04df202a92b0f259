using System.Globalization;
using System.Text.RegularExpressions;

namespace Tempera.Model.Molecules;

/// <summary>Reads the SMILES that building blocks are written in: elements, brackets with hydrogens and charge, bonds, branches and rings.</summary>
/// <remarks>Weininger 1988 (J. Chem. Inf. Comput. Sci. 28). No stereochemistry, isotopes, atom maps or disconnected parts.</remarks>
public static partial class SmilesReader
{
    private const int NoAtom = -1;

    /// <summary>Reads a molecule.</summary>
    /// <exception cref="FormatException">The text is not such SMILES.</exception>
    public static Molecule Read(string smiles)
    {
        var (atoms, bonds) = (new List<Atom>(), new List<Bond>());
        var (branches, rings) = (new Stack<int>(), new Dictionary<string, (int Atom, BondOrder? Order)>(StringComparer.Ordinal));
        var (last, order, position) = (NoAtom, (BondOrder?)null, 0);
        while (position < smiles.Length)
        {
            var match = Token().Match(smiles, position);
            if (!match.Success)
            {
                throw Wrong(smiles, position);
            }

            position += match.Length;
            var text = match.Value;
            if (match.Groups["bond"].Success)
            {
                order = text switch { "-" => BondOrder.Single, "=" => BondOrder.Double, "#" => BondOrder.Triple, _ => BondOrder.Aromatic };
            }
            else if (text == "(")
            {
                branches.Push(last);
            }
            else if (text == ")")
            {
                last = branches.TryPop(out var atom) ? atom : throw Wrong(smiles, match.Index);
            }
            else if (match.Groups["ring"].Success)
            {
                if (!rings.Remove(text, out var open))
                {
                    rings[text] = (last, order);
                }
                else
                {
                    Bind(open.Atom, last, open.Order ?? order);
                }

                order = null;
            }
            else
            {
                atoms.Add(ReadAtom(match));
                if (last != NoAtom)
                {
                    Bind(last, atoms.Count - 1, order);
                }

                (last, order) = (atoms.Count - 1, null);
            }
        }

        return rings.Count == 0 && branches.Count == 0 && atoms.Count > 0 ? new Molecule(atoms, bonds) : throw Wrong(smiles, smiles.Length);

        void Bind(int first, int second, BondOrder? written) => bonds.Add(new Bond(
            first, second, written ?? (atoms[first].IsAromatic && atoms[second].IsAromatic ? BondOrder.Aromatic : BondOrder.Single)));
    }

    private static Atom ReadAtom(Match match)
    {
        var symbol = match.Groups["plain"].Success ? match.Groups["plain"].Value : match.Groups["symbol"].Value;
        var element = char.ToUpperInvariant(symbol[0]) + symbol[1..];
        var isAromatic = char.IsLower(symbol[0]);
        if (match.Groups["plain"].Success)
        {
            return new Atom(element, isAromatic, null, 0);
        }

        var (hydrogens, charge) = (match.Groups["hydrogens"].Value, match.Groups["charge"].Value);
        return new Atom(element, isAromatic, Number(hydrogens, hydrogens.Length), charge.StartsWith('-') ? -Number(charge, 1) : Number(charge, charge.Length));

        static int Number(string text, int none) =>
            text.Length > 1 ? int.Parse(text.AsSpan(1), CultureInfo.InvariantCulture) : Math.Min(none, text.Length);
    }

    private static FormatException Wrong(string smiles, int position) => new(
        $"A building block is SMILES of atoms, bonds, branches and rings; '{smiles}' is not at character {position + 1}. Correct it there.");

    [GeneratedRegex(@"\G(?:(?<bond>[-=#:])|\(|\)|(?<ring>[0-9]|%[0-9]{2})|(?<plain>Cl|Br|[BCNOPSFI]|[bcnops])|\[(?<symbol>[A-Z][a-z]?|[bcnops])(?<hydrogens>H[0-9]?)?(?<charge>[+-][0-9]?)?\])")]
    private static partial Regex Token();
}
