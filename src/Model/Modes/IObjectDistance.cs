namespace Tempera.Model.Modes;

/// <summary>How far apart two objects are.</summary>
/// <remarks>Implementations are safe to use from several threads.</remarks>
public interface IObjectDistance
{
    /// <summary>Name, for people.</summary>
    string Name { get; }

    /// <summary>Prepares objects, so that all pairs of them are quick: the result gives the distance of two by their indices.</summary>
    Func<int, int, double> Between(IReadOnlyList<UInt128> objects);
}
