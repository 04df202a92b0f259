namespace Tempera.Model.Molecules;

/// <summary>Order of a bond; an aromatic one joins two aromatic atoms of a ring.</summary>
public enum BondOrder
{
    /// <summary>Single.</summary>
    Single = 1,

    /// <summary>Double.</summary>
    Double = 2,

    /// <summary>Triple.</summary>
    Triple = 3,

    /// <summary>Aromatic.</summary>
    Aromatic = 4,
}
