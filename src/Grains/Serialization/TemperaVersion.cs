using System.Reflection;

namespace Tempera.Grains.Serialization;

/// <summary>The version of this build, which durable files name.</summary>
internal static class TemperaVersion
{
    /// <summary>For example 0.1.0.</summary>
    public static string Current { get; } =
        (typeof(TemperaVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0").Split('+')[0];
}
