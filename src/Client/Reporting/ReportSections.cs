using System.Globalization;
using System.Text;

using Tempera.Client.Running;
using Tempera.Contracts.Campaigns;

namespace Tempera.Client.Reporting;

/// <summary>The parts of the page that are words and tables.</summary>
internal static class ReportSections
{
    private const int ShownObjects = 15;

    /// <summary>The headline figures of one campaign.</summary>
    public static string Summary(CampaignReport campaign, int index)
    {
        var s = campaign.Snapshot;
        var last = campaign.Trace.Last;
        var tiles = new StringBuilder();
        Tile("modes", s.KnownModes is { } known ? $"{Figures.Count(s.Modes)} <small>of {Figures.Count(known)}</small>" : Figures.Count(s.Modes));
        Tile("unique oracle calls", Figures.Count(s.OracleCalls));
        if (campaign.Discovery is { ModesArea: { } area } discovery)
        {
            Tile("calls to 50 % / 90 % of modes", $"{Calls(discovery.CallsToHalf)} <small>/ {Calls(discovery.CallsToNinety)}</small>");
            Tile("area under modes curve", Figures.Number(area));
        }

        Tile("best score", Figures.Number(s.BestScore));
        Tile("rounds", s.Round < s.TargetRound ? $"{Figures.Count(s.Round)} <small>of {Figures.Count(s.TargetRound)}</small>" : Figures.Count(s.Round));
        Tile("time", last is null ? "-" : ReportPage.Text(Figures.Duration(TimeSpan.FromSeconds(last.Seconds))));
        return $"<section class=\"summary\"><h2><i class=\"swatch s{index % 6}\"></i>{ReportPage.Text(campaign.Label)} <small>{s.State.ToString().ToLowerInvariant()}</small></h2><dl class=\"tiles\">{tiles}</dl></section>";

        static string Calls(long? calls) => calls is { } known ? Figures.Count(known) : "-";

        void Tile(string name, string value) => tiles.Append($"<div><dt>{name}</dt><dd>{value}</dd></div>");
    }

    /// <summary>The policies against their targets.</summary>
    public static string Metrics(IReadOnlyList<CampaignReport> campaigns)
    {
        (string Name, Func<EvaluationRecord, double?> Value)[] columns =
        [
            ("total variation", static r => r.Tv), ("KL(target||model)", static r => r.Kl), ("KL(model||target)", static r => r.ReverseKl), ("JSD", static r => r.Jsd),
            ("log Z model", static r => r.LogZModel), ("log Z target", static r => r.LogZTarget), ("mean score model", static r => r.MeanScoreModel),
            ("mean score target", static r => r.MeanScoreTarget), ("Spearman", static r => r.Spearman), ("unique share", static r => r.UniqueShare),
            ("ELBO", static r => r.Elbo), ("EUBO", static r => r.Eubo), ("Anderson-Darling / 5 %", static r => r.AndersonDarling),
            ("mean score error", static r => r.MeanScoreError), ("quantile error", static r => r.QuantileError),
            ("top 100 score", static r => r.TopScore), ("top 100 diversity", static r => r.TopDiversity),
        ];
        var used = columns.Where(column => campaigns.Any(campaign => campaign.Evaluations.Any(record => column.Value(record) is not null))).ToList();
        var rows = new StringBuilder();
        foreach (var (campaign, record) in campaigns.SelectMany(static campaign => campaign.Evaluations.Select(record => (campaign, record))))
        {
            rows.Append($"<tr><th scope=\"row\">{ReportPage.Text(campaign.Label)}</th><td>{record.Beta.ToString("0.##", CultureInfo.InvariantCulture)}</td>");
            foreach (var column in used)
            {
                rows.Append($"<td>{Figures.Number(column.Value(record))}</td>");
            }

            rows.Append("</tr>");
        }

        var notes = string.Concat(campaigns.SelectMany(static campaign => campaign.Evaluations.Select(record =>
            $"<li>{ReportPage.Text(campaign.Label)}, beta {record.Beta.ToString("0.##", CultureInfo.InvariantCulture)}, {(record.Exact ? "exact" : "estimated")}: {ReportPage.Text(record.Basis)}</li>")));
        var heads = string.Concat(used.Select(static column => $"<th scope=\"col\">{ReportPage.Text(column.Name)}</th>"));
        return $"<section><h2>Policy against target</h2><div class=\"scroll\"><table><thead><tr><th scope=\"col\">campaign</th><th scope=\"col\">beta</th>{heads}</tr></thead><tbody>{rows}</tbody></table></div><details class=\"note\"><summary>What these figures rest on</summary><ul>{notes}</ul></details></section>";
    }

    /// <summary>The best objects of each campaign.</summary>
    public static string Objects(IReadOnlyList<CampaignReport> campaigns)
    {
        var tables = new StringBuilder();
        foreach (var campaign in campaigns)
        {
            var modes = campaign.Modes.Select(static mode => mode.Object).ToHashSet(StringComparer.Ordinal);
            var rows = campaign.Best.Take(ShownObjects).Select((item, rank) =>
                $"<tr><td>{rank + 1}</td><td class=\"object\">{ReportPage.Text(item.Object)}{(item.Smiles is { } smiles ? "<br>" + ReportPage.Text(smiles) : "")}</td><td>{Figures.Number(item.Score)}</td><td>{Figures.Count(item.Round)}</td><td>{Figures.Number(item.Beta)}</td><td class=\"words\">{(modes.Contains(item.Object) ? "mode" : "")}</td></tr>");
            tables.Append($"<div><h3>{ReportPage.Text(campaign.Label)}</h3><div class=\"scroll\"><table><thead><tr><th scope=\"col\">rank</th><th scope=\"col\" class=\"object\">object</th><th scope=\"col\">score</th><th scope=\"col\">round</th><th scope=\"col\">beta</th><th scope=\"col\" class=\"words\"></th></tr></thead><tbody>{string.Concat(rows)}</tbody></table></div>{Definition(campaign)}</div>");
        }

        return $"<section><h2>Best objects</h2><div class=\"columns\">{tables}</div></section>";
    }

    /// <summary>How to have the same again: command, machine, every setting; those in which campaigns differ are marked.</summary>
    public static string Settings(IReadOnlyList<CampaignReport> campaigns)
    {
        var rows = new StringBuilder();
        Row("command", static c => c.Configuration.Command);
        Row("task", static c => c.Configuration.Specification.Task);
        Row("seed", static c => c.Configuration.Specification.Seed.ToString(CultureInfo.InvariantCulture));
        Row("budget", static c => c.Configuration.Specification.Budget is { } budget ? Figures.Count(budget) : "none");
        foreach (var name in campaigns.SelectMany(static c => c.Configuration.Specification.Settings.Keys).Distinct().Order(StringComparer.Ordinal))
        {
            Row(name, c => c.Configuration.Specification.Settings.GetValueOrDefault(name, "-"));
        }

        Row("machine", static c => $"{c.Configuration.Host.Cpu}, {c.Configuration.Host.Cores} cores, {c.Configuration.Host.VectorBits}-bit vectors");
        Row("system", static c => $"{c.Configuration.Host.Os}, {c.Configuration.Host.Dotnet}");
        Row("started", static c => c.Configuration.StartedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture));
        var heads = string.Concat(campaigns.Select(static campaign => $"<th scope=\"col\" class=\"words\">{ReportPage.Text(campaign.Label)}</th>"));
        return $"<section><details{(campaigns.Count > 1 ? " open" : "")}><summary>Settings and machine</summary><div class=\"scroll\"><table><thead><tr><th scope=\"col\">setting</th>{heads}</tr></thead><tbody>{rows}</tbody></table></div></details></section>";

        void Row(string name, Func<CampaignReport, string> value)
        {
            var values = campaigns.Select(value).ToList();
            var differs = values.Distinct(StringComparer.Ordinal).Count() > 1;
            rows.Append($"<tr{(differs ? " class=\"differs\"" : "")}><th scope=\"row\">{ReportPage.Text(name)}</th>{string.Concat(values.Select(static text => $"<td class=\"words\">{ReportPage.Text(text)}</td>"))}</tr>");
        }
    }

    private static string Definition(CampaignReport campaign) =>
        campaign.Task.ModeDefinition is { } definition ? $"<p class=\"note\">A mode is: {ReportPage.Text(definition)}.</p>" : "";
}
