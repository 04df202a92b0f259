using System.Diagnostics;
using System.Globalization;

using Tempera.Client.Chaos.Processes;
using Tempera.Contracts.Errors;
using Tempera.Silo.Rehearsals;

namespace Tempera.Client.Chaos.Load;

/// <summary>Writes down now and then what processes and storage hold: <c>resources.csv</c>.</summary>
internal sealed class ResourceSampler(ChaosOptions options, ChaosCluster cluster)
{
    private readonly long _started = Stopwatch.GetTimestamp();

    /// <summary>Samples until cancelled.</summary>
    public async Task Run(TimeSpan every, CancellationToken cancellationToken)
    {
        await using var file = new StreamWriter(Path.Combine(options.Folder, "resources.csv")) { AutoFlush = true };
        await file.WriteLineAsync("minutes,process,age_minutes,rss_mb,handles,threads,cpu_seconds,blobs,blob_mb");
        using var timer = new PeriodicTimer(every);
        try
        {
            do
            {
                await Sample(file);
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException)
        {
            await Sample(file);
        }
    }

    private async Task Sample(StreamWriter file)
    {
        foreach (var silo in cluster.Silos)
        {
            await Line(file, silo.Name, silo.Process.Id, Stopwatch.GetElapsedTime(silo.Started).TotalMinutes, "", "");
        }

        if (cluster.Redis.Id is { } redis)
        {
            await Line(file, "redis", redis, Minutes, "", "");
        }

        if (cluster.Azurite.Id is { } azurite)
        {
            var (blobs, bytes) = await Volume();
            await Line(file, "azurite", azurite, Minutes, blobs, bytes);
        }

        await Line(file, "rehearsal", Environment.ProcessId, Minutes, "", "");
    }

    // Empty while storage is away.
    private async Task<(string Blobs, string Megabytes)> Volume()
    {
        try
        {
            var (blobs, bytes) = await RehearsalEvidence.Volume(cluster.Storage);
            return (blobs.ToString(CultureInfo.InvariantCulture), (bytes / 1e6).ToString("0.00", CultureInfo.InvariantCulture));
        }
        catch (TemperaException)
        {
            return ("", "");
        }
    }

    private double Minutes => Stopwatch.GetElapsedTime(_started).TotalMinutes;

    private async Task Line(StreamWriter file, string name, int process, double age, string blobs, string bytes)
    {
        if (ProcessUsage.Read(process) is { } usage)
        {
            await file.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"{Minutes:0.0},{name},{age:0.0},{usage.ResidentBytes / 1e6:0.0},{usage.Handles},{usage.Threads},{usage.CpuSeconds:0.0},{blobs},{bytes}"));
        }
    }
}
