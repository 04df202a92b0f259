using Tempera.Silo.Storage.Azure;

using Xunit;

namespace Tempera.Cluster.Tests.Fixtures;

/// <summary>A real Azurite on a free port, with an empty folder. Needs Node.js and what <c>.ci/services</c> installs.</summary>
public sealed class Azurite : IAsyncLifetime
{
    // The account and the key of every Azurite, as its documentation prints them.
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly string Program = Checkout.At("artifacts", "azurite", "node_modules", "azurite", "dist", "src", "blob", "main.js");

    private readonly string _folder;
    private readonly int _port = Child.FreePort();
    private Child? _process;
    private int _containers;

    /// <summary>An Azurite with a folder of its own.</summary>
    public Azurite()
        : this(Directory.CreateTempSubdirectory("tempera-azurite-").FullName)
    {
    }

    private Azurite(string folder) => _folder = folder;

    public static bool IsInstalled { get; } = File.Exists(Program) && File.Exists("/usr/bin/node");

    public const string Missing = "Azurite is not installed; run .ci/services";

    /// <summary>An Azurite with a folder, which it removes in the end.</summary>
    public static Azurite At(string folder) => new(folder);

    public string ConnectionString =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint=http://127.0.0.1:{_port}/{Account};";

    public async ValueTask InitializeAsync()
    {
        if (IsInstalled)
        {
            await Start();
        }
    }

    public async Task Start()
    {
        // Azurite knows fewer versions of the protocol than the client library sends.
        _process = Child.Start("/usr/bin/node",
            [Program, "--blobHost", "127.0.0.1", "--blobPort", $"{_port}", "--location", _folder, "--silent", "--disableTelemetry", "--skipApiVersionCheck"]);
        await _process.Until(() => Wait.Listens(_port), TimeSpan.FromSeconds(60), "it listened");
    }

    /// <summary>
    /// Ends it in good order. SIGKILL would be no outage but a loss: Azurite writes what it acknowledged to its folder every
    /// five seconds, and at a SIGTERM, where the storage it stands for has it before it answers.
    /// </summary>
    public async Task Stop()
    {
        if (_process is { } process)
        {
            process.Signal("TERM");
            await process.WaitForExit(TimeSpan.FromSeconds(30));
            await process.DisposeAsync();
            _process = null;
        }
    }

    /// <summary>Settings of a container that no other test uses.</summary>
    public AzureStorageSettings NewContainer() =>
        new() { ConnectionString = ConnectionString, Container = $"test-{Interlocked.Increment(ref _containers)}" };

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }
}
