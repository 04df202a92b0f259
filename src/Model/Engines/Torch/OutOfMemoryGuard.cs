using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Tempera.Model.Networks;
using Tempera.Model.Settings;
using Tempera.Model.Spaces;

namespace Tempera.Model.Engines.Torch;

/// <summary>Turns libtorch's report that memory is used up into an error that names the batch that would fit.</summary>
internal sealed partial class OutOfMemoryGuard(IDesignSpace space, PolicyArchitecture architecture)
{
    // What a pass keeps of an edge in units of the width: the hidden layer and the half of the state it leads to, the scorer's
    // hidden layer, and the gradients of the three.
    private const int RowsKept = 6;

    // Weights, gradient and two moments.
    private const int CopiesOfParameters = 4;

    // Left for the caching allocator's rounding and for the libraries' own workspaces.
    private const double UsableShare = 0.85;

    /// <summary>Runs work on a batch.</summary>
    /// <exception cref="OutOfDeviceMemoryException">The device has no memory for the batch.</exception>
    public void Run(int batch, Action work)
    {
        try
        {
            work();
        }
        catch (ExternalException error) when (IsOutOfMemory(error.Message))
        {
            throw new OutOfDeviceMemoryException(Explain(batch, error.Message, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes), error);
        }
    }

    /// <summary>Whether a message of libtorch says that memory is used up.</summary>
    public static bool IsOutOfMemory(string message) =>
        message.Contains("out of memory", StringComparison.OrdinalIgnoreCase) || message.Contains("can't allocate memory", StringComparison.Ordinal)
        || message.Contains("not enough memory", StringComparison.Ordinal);

    /// <summary>One sentence that names the batch received and one that fits.</summary>
    public string Explain(int batch, string message, long hostBytes)
    {
        var capacity = Capacity().Match(message);
        var bytes = capacity.Success ? double.Parse(capacity.Groups[1].Value, CultureInfo.InvariantCulture) * (1L << 30) : hostBytes;
        return $"A batch and what its gradient needs must fit into the device's {Gibibytes(bytes)}; one of {batch} trajectories did not. "
            + $"Set batch and replay_batch to {Fitting(batch, bytes)} or less, choose a smaller width, or use --device cpu.";
    }

    /// <summary>Bytes that a pass keeps of one trajectory.</summary>
    public long BytesPerTrajectory()
    {
        var shape = architecture.Forward;
        var edges = shape.Parametrization == Parametrization.Ssr ? space.MaxChildren + space.MaxParents + 2 : 2;
        return (long)space.MaxSteps * edges * ((RowsKept * sizeof(float) * shape.Width) + space.FeatureCount);
    }

    private int Fitting(int batch, double bytes)
    {
        var parameters = (double)sizeof(float) * CopiesOfParameters * (architecture.Forward.Layout.Length + architecture.Backward.Layout.Length);
        var fitting = ((UsableShare * bytes) - parameters) / BytesPerTrajectory();

        // It did not fit, whatever the estimate says: others may use the device, too.
        return (int)Math.Clamp(fitting, 1, Math.Max(1, batch / 2));
    }

    private static string Gibibytes(double bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1L << 30):0.#} GiB");

    [GeneratedRegex(@"total capacity of ([0-9.]+) GiB")]
    private static partial Regex Capacity();
}
