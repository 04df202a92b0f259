namespace Tempera.Model.Molecules;

/// <summary>A bond between two atoms of a molecule, by their indices.</summary>
public readonly record struct Bond(int First, int Second, BondOrder Order);
