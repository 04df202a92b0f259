namespace Tempera.Model.Oracles.Rna;

/// <summary>Families of loops whose energy is a term of the opening pair, a term of the closing pair and a term of the two sizes.</summary>
internal enum LoopKind
{
    /// <summary>Bulges of two or more bases.</summary>
    Bulge,

    /// <summary>Internal loops 1 x n, n > 2.</summary>
    OneByN,

    /// <summary>Internal loops without a rule of their own.</summary>
    Generic,

    /// <summary>Internal loops 2 x 3.</summary>
    TwoByThree,
}
