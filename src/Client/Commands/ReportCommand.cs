using System.CommandLine;

using Tempera.Client.CommandLine;

namespace Tempera.Client.Commands;

/// <summary>report</summary>
internal static class ReportCommand
{
    public static Command Create(CommandEnvironment environment, CommonOptions common) => new("report", $"{environment}{common}");
}
