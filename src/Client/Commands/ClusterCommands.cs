using System.CommandLine;

using Tempera.Client.Cluster;
using Tempera.Client.CommandLine;
using Tempera.Client.Running;
using Tempera.Contracts;
using Tempera.Contracts.Campaigns;

namespace Tempera.Client.Commands;

/// <summary>The verbs for campaigns of a cluster: <c>start</c>, <c>discover</c>, <c>status</c>, <c>watch</c>, <c>pause</c>, <c>cancel</c> and <c>list</c>.</summary>
internal sealed class ClusterCommands(CommandEnvironment environment, CommonOptions common)
{
    private readonly ClusterCalls _calls = new(environment.Time);

    /// <summary>All verbs.</summary>
    public IEnumerable<Command> Create()
    {
        yield return Start();
        yield return Discover();
        yield return OfCampaign("status", "Show what a campaign of a cluster is doing.", static campaign => campaign.Status(), ClusterCalls.Usual);
        yield return Watch();
        yield return OfCampaign("pause", "Stop a campaign of a cluster at the next round boundary, with a checkpoint.", static campaign => campaign.Pause(), ClusterCalls.Long);
        yield return OfCampaign("cancel", "Stop a campaign of a cluster for good.", static campaign => campaign.Cancel(), ClusterCalls.Long);
        yield return List();
    }

    private Command Start()
    {
        var command = new Command("start", "Start a campaign on a cluster; on an existing one of the same settings, carry on with it.");
        var task = new Argument<string?>("TASK") { Description = "A built-in task; `tempera tasks` lists them. May come from --config instead.", Arity = ArgumentArity.ZeroOrOne };
        var id = new Option<string?>("--id") { Description = "Id of the campaign (default TASK-seedS).", HelpName = "ID" };
        var (cluster, specification) = (new ClusterOptions(), new SpecificationOptions());
        command.Arguments.Add(task);
        command.Options.Add(id);
        cluster.AddTo(command, withCampaign: false);
        specification.AddTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            var requested = specification.Read(result, result.GetValue(task), environment);
            TaskNames.Require(environment, requested.Task);
            var resolved = environment.Engine.Resolve(requested);
            var name = CampaignId.Validate(result.GetValue(id) ?? $"{resolved.Task}-seed{resolved.Seed}");
            await using var connection = await cluster.Connect(result, environment, common, cancellationToken);
            using var span = connection.Trace("start", name);
            var campaign = connection.Campaign(name);
            var before = await Ask(() => campaign.Create(resolved), ClusterCalls.Long, cancellationToken);
            var target = resolved.Rounds ?? 0;
            Show(result, before.TargetRound < target
                ? await Ask(() => campaign.Discover(new DiscoverRequest($"start-{target}", target - before.TargetRound)), ClusterCalls.Long, cancellationToken)
                : before.State is CampaignState.Completed or CampaignState.Running ? before : await Ask(() => campaign.Resume(), ClusterCalls.Long, cancellationToken));
            return ExitCode.Done;
        });
        return command;
    }

    private Command Discover()
    {
        var command = new Command("discover", "Have a campaign of a cluster run further rounds.");
        var cluster = new ClusterOptions();
        var rounds = Parsers.Whole("--rounds", 1, 10_000_000, "N", "Rounds to add to the campaign's target (default 1).");
        var key = new Option<string?>("--key") { Description = "Idempotency key: asking again with the same one adds nothing (default a new one).", HelpName = "KEY" };
        var wait = new Option<bool>("--wait") { Description = "Return when the rounds are done." };
        cluster.AddTo(command, withCampaign: true);
        command.Options.Add(rounds);
        command.Options.Add(key);
        command.Options.Add(wait);
        command.SetAction(async (result, cancellationToken) =>
        {
            var request = new DiscoverRequest(result.GetValue(key) ?? Guid.NewGuid().ToString("N"), (int)(result.GetValue(rounds) ?? 1));
            await using var connection = await cluster.Connect(result, environment, common, cancellationToken);
            using var span = connection.Trace("discover", cluster.Id(result));
            var campaign = connection.Campaign(cluster.Id(result));
            var snapshot = await Ask(() => campaign.Discover(request), ClusterCalls.Long, cancellationToken);
            if (!result.GetValue(wait))
            {
                Show(result, snapshot);
                return ExitCode.Done;
            }

            return await Follow(result, campaign, snapshot, snapshot.Round, cancellationToken);
        });
        return command;
    }

    private Command Watch()
    {
        var command = new Command("watch", "Follow a campaign of a cluster until it stops; any number of watchers may.");
        var cluster = new ClusterOptions();
        var after = Parsers.Whole("--after", 0, int.MaxValue, "R", "Only rounds after this one (default those to come; 0 for all).");
        cluster.AddTo(command, withCampaign: true);
        command.Options.Add(after);
        command.SetAction(async (result, cancellationToken) =>
        {
            await using var connection = await cluster.Connect(result, environment, common, cancellationToken);
            var campaign = connection.Campaign(cluster.Id(result));
            var snapshot = await Known(campaign, cluster.Id(result), cancellationToken);
            return await Follow(result, campaign, snapshot, result.GetValue(after) ?? snapshot.Round, cancellationToken);
        });
        return command;
    }

    private Command List()
    {
        var command = new Command("list", "List the campaigns of a cluster.");
        var cluster = new ClusterOptions();
        cluster.AddTo(command, withCampaign: false);
        command.SetAction(async (result, cancellationToken) =>
        {
            await using var connection = await cluster.Connect(result, environment, common, cancellationToken);
            var ids = await Ask(connection.List, ClusterCalls.Usual, cancellationToken);
            var snapshots = await Task.WhenAll(ids.Select(id => Ask(() => connection.Campaign(id).Status(), ClusterCalls.Usual, cancellationToken)));
            if (result.GetValue(common.Json))
            {
                JsonLines.Write(environment.Output, snapshots);
            }
            else
            {
                environment.Console.Write(SnapshotText.Table(snapshots));
            }

            return ExitCode.Done;
        });
        return command;
    }

    private Command OfCampaign(string name, string description, Func<ICampaignGrain, Task<CampaignSnapshot>> ask, TimeSpan patience)
    {
        var command = new Command(name, description);
        var cluster = new ClusterOptions();
        cluster.AddTo(command, withCampaign: true);
        command.SetAction(async (result, cancellationToken) =>
        {
            await using var connection = await cluster.Connect(result, environment, common, cancellationToken);
            var campaign = connection.Campaign(cluster.Id(result));
            await Known(campaign, cluster.Id(result), cancellationToken);
            Show(result, await Ask(() => ask(campaign), patience, cancellationToken));
            return ExitCode.Done;
        });
        return command;
    }

    private async Task<int> Follow(ParseResult result, ICampaignGrain campaign, CampaignSnapshot snapshot, long after, CancellationToken cancellationToken)
    {
        var overview = new RunOverview
        {
            Task = environment.Engine.Describe(snapshot.Specification!.Task, snapshot.Specification.Settings),
            Specification = snapshot.Specification,
            Directory = snapshot.Id,
            DisplayDirectory = snapshot.Id,
            StartRound = snapshot.Round,
            TargetRound = snapshot.TargetRound,
        };
        var events = new ClusterWatch(environment.Time).Events(campaign, after, cancellationToken);
        await ProgressViews.Choose(environment, common, result).Follow(new ProgressTracker(overview, environment.Time), events);
        var end = await Ask(() => campaign.Status(), ClusterCalls.Usual, cancellationToken);
        Show(result, end);
        return end.State == CampaignState.Failed ? ExitCode.Failed : ExitCode.Done;
    }

    private async Task<CampaignSnapshot> Known(ICampaignGrain campaign, string id, CancellationToken cancellationToken)
    {
        var snapshot = await Ask(() => campaign.Status(), ClusterCalls.Usual, cancellationToken);
        return snapshot.State != CampaignState.Unknown ? snapshot : throw CommandException.Usage(
            $"A campaign is started before it is used; the cluster has none with the id '{id}'. Start it with `tempera start`, or check `tempera list`.");
    }

    private Task<T> Ask<T>(Func<Task<T>> call, TimeSpan patience, CancellationToken cancellationToken) => _calls.Ask(call, patience, cancellationToken);

    private void Show(ParseResult result, CampaignSnapshot snapshot)
    {
        environment.Output.WriteLine(result.GetValue(common.Json) ? JsonLines.Line(snapshot) : SnapshotText.Line(snapshot));
        environment.Output.Flush();
    }
}
