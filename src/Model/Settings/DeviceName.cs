using System.Globalization;
using System.Text.RegularExpressions;

namespace Tempera.Model.Settings;

/// <summary>Kinds of compute device.</summary>
public enum DeviceKind
{
    /// <summary>The hand-written engine on the CPU.</summary>
    Cpu,

    /// <summary>libtorch on the CPU.</summary>
    TorchCpu,

    /// <summary>libtorch on an NVIDIA GPU.</summary>
    Cuda,

    /// <summary>A GPU where there is one that works, else the CPU.</summary>
    Auto,
}

/// <summary>A compute device as users name it: <c>cpu</c>, <c>torch-cpu</c>, <c>cuda</c>, <c>cuda:1</c> or <c>auto</c>.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Index">Which GPU, from 0.</param>
public readonly partial record struct DeviceName(DeviceKind Kind, int Index)
{
    /// <summary>What users may write.</summary>
    public const string Rule = "cpu, torch-cpu, cuda, cuda:0 to cuda:63 or auto";

    /// <summary>Reads a name.</summary>
    /// <exception cref="SettingException">It is none.</exception>
    public static DeviceName Parse(string text) => text switch
    {
        "cpu" => new(DeviceKind.Cpu, 0),
        "torch-cpu" => new(DeviceKind.TorchCpu, 0),
        "cuda" => new(DeviceKind.Cuda, 0),
        "auto" => new(DeviceKind.Auto, 0),
        _ => Gpu().Match(text) is { Success: true } match
            ? new(DeviceKind.Cuda, int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))
            : throw SettingText.Refuse("device", $"one of {Rule}", text, NameSuggestion.For(text, ["cpu", "torch-cpu", "cuda", "auto"])),
    };

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        DeviceKind.Cpu => "cpu",
        DeviceKind.TorchCpu => "torch-cpu",
        DeviceKind.Auto => "auto",
        _ => string.Create(CultureInfo.InvariantCulture, $"cuda:{Index}"),
    };

    [GeneratedRegex(@"^cuda:(\d|[1-5]\d|6[0-3])$")]
    private static partial Regex Gpu();
}
