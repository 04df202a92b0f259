using System.CommandLine;

using Tempera.Client.CommandLine;
using Tempera.Client.Running;

namespace Tempera.Client.Commands;

/// <summary>Chooses how a run is shown.</summary>
internal static class ProgressViews
{
    /// <summary>JSON before quiet before live; plain lines when nothing understands cursor movement.</summary>
    public static IProgressView Choose(CommandEnvironment environment, CommonOptions common, ParseResult result)
    {
        var quiet = result.GetValue(common.Quiet);
        if (result.GetValue(common.Json))
        {
            return new JsonProgressView(environment.Output, environment.Error, environment.Time, eventsToo: !quiet);
        }

        return quiet ? new QuietProgressView(environment.Output)
            : environment.IsTerminal ? new LiveProgressView(environment.Console, environment.Time)
            : new PlainProgressView(environment.Output, environment.Error, environment.Time);
    }
}
