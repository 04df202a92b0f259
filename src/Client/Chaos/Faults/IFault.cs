namespace Tempera.Client.Chaos.Faults;

/// <summary>A kind of fault.</summary>
internal interface IFault
{
    /// <summary>Name by which it is chosen.</summary>
    string Name { get; }

    /// <summary>One sentence.</summary>
    string Meaning { get; }

    /// <summary>Why it cannot be had on this machine; null when it can.</summary>
    string? Unavailable => null;

    /// <summary>Inflicts it and takes it back, as far as it can be. Returns what was done, for the record.</summary>
    Task<string> Inflict(ChaosCluster cluster, FaultDraw draw, CancellationToken cancellationToken);
}
