using System.CommandLine;

using Tempera.Client.Cluster;
using Tempera.Client.CommandLine;
using Tempera.Contracts;

namespace Tempera.Client.Commands;

/// <summary>The options that name a cluster, and the argument that names a campaign of it.</summary>
internal sealed class ClusterOptions
{
    /// <summary>Variables that stand in for the options.</summary>
    public const string AddressVariable = "TEMPERA_CLUSTER", IdVariable = "TEMPERA_CLUSTER_ID";

    private readonly Option<string?> _address = new("--cluster")
    {
        Description = $"Gateways of the cluster: HOST[:PORT], several separated by commas (else the variable {AddressVariable}).",
        HelpName = "ADDR",
    };

    private readonly Option<string?> _id = new("--cluster-id")
    {
        Description = $"The cluster's id (else the variable {IdVariable}, else tempera).",
        HelpName = "ID",
    };

    /// <summary>The campaign.</summary>
    public Argument<string> Campaign { get; } = new("CAMPAIGN") { Description = "Id of a campaign of the cluster; `tempera list` shows them." };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command, bool withCampaign)
    {
        if (withCampaign)
        {
            command.Arguments.Add(Campaign);
        }

        command.Options.Add(_address);
        command.Options.Add(_id);
    }

    /// <summary>True when the command line names a cluster itself.</summary>
    public bool IsGiven(ParseResult result) => result.GetValue(_address) is not null;

    /// <summary>The campaign's id.</summary>
    public string Id(ParseResult result) => CampaignId.Validate(result.GetRequiredValue(Campaign));

    /// <summary>Connects to the cluster that a command line names.</summary>
    /// <exception cref="CommandException">None is named, or none answers.</exception>
    public Task<IClusterConnection> Connect(ParseResult result, CommandEnvironment environment, CommonOptions common, CancellationToken cancellationToken)
    {
        var address = result.GetValue(_address) ?? environment.GetVariable(AddressVariable) ?? throw CommandException.Usage(
            $"A cluster is named by --cluster or {AddressVariable}; neither is set. Give one, for example --cluster localhost:30000.");
        var id = result.GetValue(_id) ?? environment.GetVariable(IdVariable) ?? "tempera";
        return environment.Cluster.Connect(new ClusterAddress(address, id), result.GetValue(common.Verbose), cancellationToken);
    }
}
