using System.CommandLine;

using Tempera.Client.Commands;

namespace Tempera.Client.CommandLine;

/// <summary>The whole command line: one verb a class, options shared by all on the root.</summary>
internal sealed class CommandTree
{
    private readonly CommandEnvironment _environment;
    private readonly CommonOptions _common = new();
    private readonly RootCommand _root;

    /// <summary>Builds the tree.</summary>
    public CommandTree(CommandEnvironment environment)
    {
        _environment = environment;
        _root = new("Tempera discovers diverse, high-scoring objects with a temperature-conditional GFlowNet, run by actors.");
        _common.AddTo(_root);
        foreach (var verb in Verbs())
        {
            _root.Subcommands.Add(verb);
        }

        _root.SetAction(_ => _root.Parse(["--help"]).Invoke(Configuration()));
    }

    /// <summary>Runs a command line and returns its exit code; errors are one sentence on standard error.</summary>
    public async Task<int> Run(IReadOnlyList<string> arguments)
    {
        var verbose = arguments.Contains("--verbose");
        try
        {
            var result = _root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (result.Errors.Count > 0)
            {
                throw CommandException.Usage(UsageMessage.For(result, _environment.Engine.Settings().Select(static setting => setting.Name)));
            }

            if (result.GetValue(_common.Data) is { } data)
            {
                SetData(data, mayCreate: result.CommandResult.Command.Name == "fetch");
            }

            return await result.InvokeAsync(Configuration());
        }
        catch (IOException error) when (IsClosedPipe(error))
        {
            return ExitCode.Done;
        }
        catch (Exception error)
        {
            return ErrorReport.Write(error, _environment.Error, verbose);
        }
    }

    /// <summary>The reader of a pipe may stop early, as `head` does: errno 32, EPIPE.</summary>
    private static bool IsClosedPipe(IOException error) => (error.HResult & 0xFFFF) == 32 || error.Message.Contains("Broken pipe", StringComparison.Ordinal);

    private IEnumerable<Command> Verbs()
    {
        yield return TasksCommand.Create(_environment, _common);
        yield return RunCommand.Create(_environment, _common);
        yield return ResumeCommand.Create(_environment, _common);
        yield return SampleCommand.Create(_environment, _common);
        yield return ModesCommand.Create(_environment, _common);
        yield return EvaluateCommand.Create(_environment, _common);
        yield return OracleCommand.Create(_environment, _common);
        yield return ReportCommand.Create(_environment, _common);
        yield return CheckpointsCommand.Create(_environment, _common);
        yield return BenchCommand.Create(_environment, _common);
        yield return DoctorCommand.Create(_environment, _common);
        yield return DataCommand.Create(_environment, _common);
        yield return SiloCommand.Create(_environment, _common);
        yield return ChaosCommand.Create(_environment, _common);
        foreach (var verb in new ClusterCommands(_environment, _common).Create())
        {
            yield return verb;
        }
    }

    private InvocationConfiguration Configuration() => new()
    {
        Output = _environment.Output,
        Error = _environment.Error,
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = null,
    };

    private void SetData(string data, bool mayCreate)
    {
        var path = _environment.FullPath(data);
        if (!Directory.Exists(path) && !mayCreate)
        {
            throw CommandException.Usage($"--data names an existing directory; received '{data}'. Create it, for example with `tempera data fetch`, or leave the option out.");
        }

        _environment.SetVariable(DataDirectory.Variable, path);
    }
}
