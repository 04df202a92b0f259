using Tempera.Model.Networks;

namespace Tempera.Model.Engines;

/// <summary>What Adam keeps of one network, in the one layout that every engine reads and writes.</summary>
public interface IAdamState
{
    /// <summary>The network.</summary>
    NetworkParameters Parameters { get; }

    /// <summary>First moments.</summary>
    float[] First { get; }

    /// <summary>Second moments.</summary>
    float[] Second { get; }

    /// <summary>Steps taken.</summary>
    long Steps { get; set; }

    /// <summary>Step size.</summary>
    double LearningRate { get; }

    /// <summary>Largest gradient norm.</summary>
    double ClipNorm { get; }
}
