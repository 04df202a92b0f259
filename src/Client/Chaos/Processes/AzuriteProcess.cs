using System.Globalization;

using Tempera.Silo.Storage.Azure;

namespace Tempera.Client.Chaos.Processes;

/// <summary>A real Azurite with a folder of its own.</summary>
/// <param name="program">A script for Node.js, or a program.</param>
/// <param name="folder">Folder of its data and its log.</param>
internal sealed class AzuriteProcess(string program, string folder) : IAsyncDisposable
{
    /// <summary>The account of every Azurite, as its documentation prints it.</summary>
    public const string Account = "devstoreaccount1";

    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private Child? _process;

    /// <summary>Its port.</summary>
    public int Port { get; } = Ports.Free();

    /// <summary>Process id.</summary>
    public int? Id => _process?.Id;

    /// <summary>The container of a rehearsal, reached at a port: that of Azurite, or of a gate in front of it.</summary>
    public static AzureStorageSettings Storage(int port) => new()
    {
        ConnectionString = $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint=http://127.0.0.1:{port}/{Account};",
        Container = "rehearsal",
    };

    /// <summary>Starts it and waits until it listens.</summary>
    public async Task Start(CancellationToken cancellationToken)
    {
        // Azurite knows fewer versions of the protocol than the client library sends.
        string[] arguments = ["--blobHost", "127.0.0.1", "--blobPort", Port.ToString(CultureInfo.InvariantCulture), "--location", Path.Combine(folder, "azurite"), "--silent", "--disableTelemetry", "--skipApiVersionCheck"];
        var log = Path.Combine(folder, "azurite.log");
        _process = program.EndsWith(".js", StringComparison.Ordinal) ? Child.Start("node", [program, .. arguments], log) : Child.Start(program, arguments, log);
        await _process.Until(() => Ports.Listens(Port), Limit, "Azurite listens", cancellationToken);
    }

    /// <summary>
    /// Ends it in good order. SIGKILL would be no outage but a loss: Azurite writes what it acknowledged to its folder every
    /// five seconds, and at a SIGTERM, where the storage it stands for has it before it answers.
    /// </summary>
    public async Task Stop(CancellationToken cancellationToken)
    {
        if (_process is { } process)
        {
            process.Send(Signal.Terminate);
            await process.WaitForExit(Limit, cancellationToken);
            _process = null;
            await process.DisposeAsync();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            await process.DisposeAsync();
        }
    }
}
