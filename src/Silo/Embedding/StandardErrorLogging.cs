using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Tempera.Silo.Embedding;

/// <summary>Logging for a person who asked for more: warnings and above, one line each, on standard error.</summary>
public static class StandardErrorLogging
{
    /// <summary>Adds the provider; standard output stays free for results.</summary>
    public static void Add(ILoggingBuilder logging)
    {
        logging.SetMinimumLevel(LogLevel.Warning);
        AddConsole(logging);
    }

    /// <summary>Adds the provider for a process that serves: Tempera's own information as well.</summary>
    public static void AddForService(ILoggingBuilder logging)
    {
        Add(logging);
        logging.AddFilter("Tempera", LogLevel.Information);
        // At each start it takes the machine's uptime for a thread that hangs, and recommends another garbage collector.
        logging.AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);
        logging.AddFilter("Orleans.Runtime.Silo", LogLevel.Error);
    }

    private static void AddConsole(ILoggingBuilder logging)
    {
        logging.AddSimpleConsole(static format =>
        {
            format.SingleLine = true;
            format.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        logging.Services.Configure<ConsoleLoggerOptions>(static console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
