using Tempera.Client.CommandLine;

return await ProcessEnvironment.Run(args);
