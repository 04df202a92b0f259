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
        logging.AddSimpleConsole(static format =>
        {
            format.SingleLine = true;
            format.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        logging.Services.Configure<ConsoleLoggerOptions>(static console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
