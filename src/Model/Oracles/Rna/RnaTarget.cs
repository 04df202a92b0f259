namespace Tempera.Model.Oracles.Rna;

/// <summary>A binding problem: design strands of <see cref="Length"/> letters that bind a target strongly.</summary>
/// <param name="Problem">Name of the problem where it was published.</param>
/// <param name="Sequence">The target, 5' to 3'.</param>
/// <param name="Length">Letters of a designed strand.</param>
/// <param name="ComplementEnergy">Duplex energy of the target's perfect complement with the target, dcal/mol; normalises the fitness.</param>
/// <param name="LowestEnergy">Lowest energy of all strands, dcal/mol.</param>
/// <param name="ModeEnergy">Highest energy a mode may have, dcal/mol: one step beyond the 99.5th percentile of all strands.</param>
/// <param name="ModeCount">Number of modes among all strands.</param>
/// <remarks>
/// Problems of FLEXS (Sinai et al. 2020, arXiv 2010.02141, Apache-2.0). The last three figures are results of
/// <c>RnaLandscape.Enumerate</c>.
/// </remarks>
public sealed record RnaTarget(
    string Problem, string Sequence, int Length, int ComplementEnergy, int LowestEnergy, int ModeEnergy, int ModeCount)
{
    /// <summary>FLEXS problem L14_RNA1.</summary>
    public static RnaTarget L14Rna1 { get; } = new(
        "L14_RNA1",
        "GAACGAGGCACAUUCCGGCUCGCCCGGCCCAUGUGAGCAUGGGCCGGACCCCGUCCGCGCGGGGCCCCCGCGCGGACGGGGGCGAGCCGGAAUGUGCCUC",
        14, -26010, -3840, -2270, 336);

    /// <summary>FLEXS problem L14_RNA2.</summary>
    public static RnaTarget L14Rna2 { get; } = new(
        "L14_RNA2",
        "GAGGCACAUUCCGGCUCGCCCCCGUCCGCGCGGGGGCCCCGCGCGGACGGGGUCCGGCCCGCGCGGGGCCCCCGCGCGGGAGCCGGAAUGUGCCUCGUUC",
        14, -27030, -3840, -2330, 161);

    /// <summary>FLEXS problem L14_RNA3.</summary>
    public static RnaTarget L14Rna3 { get; } = new(
        "L14_RNA3",
        "CCGGUGAUACUGUUAGUGGUCACGGUGCAUUUAUAGCGCUAAAGUACAGUCUUCCCCUGUUGAACGGCGCCAUUGCAUACAGGGCCAGCCGCGUAACGCC",
        14, -21560, -3370, -1890, 475);

    /// <summary>
    /// Fitness of a strand from its duplex energy: the energy over the complement's energy per length, so that 1 is a strand that
    /// binds as strongly, letter for letter, as the perfect complement.
    /// </summary>
    /// <remarks>Both energies pass through single precision, as in the environment the problems come from.</remarks>
    public double Fitness(int energy) =>
        (float)(energy / 100.0) / ((float)(ComplementEnergy / 100.0) * (double)Length / Sequence.Length);
}
