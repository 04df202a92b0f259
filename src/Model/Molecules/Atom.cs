namespace Tempera.Model.Molecules;

/// <summary>An atom of a molecule as SMILES writes it.</summary>
/// <param name="Element">Symbol, capitalised.</param>
/// <param name="IsAromatic">Written in lower case.</param>
/// <param name="Hydrogens">Explicit hydrogens of a bracket atom; null for an atom without brackets, whose hydrogens follow from its valence.</param>
/// <param name="Charge">Formal charge.</param>
public sealed record Atom(string Element, bool IsAromatic, int? Hydrogens, int Charge)
{
    /// <summary>The atom with one bond more: an explicit hydrogen gives way to it.</summary>
    public Atom Bonded() => Hydrogens switch
    {
        null => this,
        <= 1 when Charge == 0 => this with { Hydrogens = null },
        _ => this with { Hydrogens = Math.Max(0, Hydrogens.Value - 1) },
    };

    /// <summary>As SMILES.</summary>
    public override string ToString()
    {
        var symbol = IsAromatic ? Element.ToLowerInvariant() : Element;
        return Hydrogens is not { } hydrogens ? symbol
            : $"[{symbol}{hydrogens switch { 0 => "", 1 => "H", _ => $"H{hydrogens}" }}{Charge switch { 0 => "", 1 => "+", -1 => "-", > 0 => $"+{Charge}", _ => $"{Charge}" }}]";
    }
}
