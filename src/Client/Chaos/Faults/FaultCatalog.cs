namespace Tempera.Client.Chaos.Faults;

/// <summary>All kinds of fault.</summary>
internal static class FaultCatalog
{
    /// <summary>In the order people see them.</summary>
    public static IReadOnlyList<IFault> All { get; } =
    [
        new KillSilo(),
        new FreezeSilo(),
        new StopSilo(),
        new LinkFault("one-way", "what others send to a silo does not arrive, what it sends does, for 1 to 20 s", 20, all: false, static slot => slot.Silos.There.Shut()),
        new LinkFault("split", "no silo reaches another, for 1 to 20 s", 20, all: true, static slot =>
        {
            slot.Silos.There.Shut();
            slot.Silos.Back.Shut();
        }),
        new LinkFault("cut-redis", "a silo does not reach Redis, for 1 to 20 s", 20, all: false, static slot => slot.Redis.There.Shut()),
        new LinkFault("cut-storage", "what a silo sends to storage does not arrive, for 1 to 20 s", 20, all: false, static slot => slot.Storage.There.Shut()),
        new LinkFault("deaf-storage", "storage does what a silo asks, and its answers do not arrive, for 1 to 20 s", 20, all: false, static slot => slot.Storage.Back.Shut()),
        new LinkFault("slow-storage", "each write of a silo takes a second longer, for 1 to 15 s", 15, all: false, static slot => slot.Storage.Delay = TimeSpan.FromSeconds(1)),
        new LinkFault("failing-storage", "half of the writes of a silo are answered 503, for 1 to 15 s", 15, all: false, static slot => slot.Storage.Failing = 0.5),
        new FillDisk(),
        new RestartRedis(),
        new WipeRedis(),
        new RestartAzurite(),
        new JumpClock(),
    ];

    /// <summary>The kind with a name.</summary>
    public static IFault Named(string name) => All.Single(fault => fault.Name == name);
}
