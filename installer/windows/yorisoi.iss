; The installer for Windows, per user, without an administrator. In a pipeline:
;
;   iscc /DVersion=0.1.0 installer\windows\yorisoi.iss
;
; after `make build` (docs/RELEASING.md). The program goes to the user's own programs folder; what
; it keeps (cases, settings) lies elsewhere and stays when the program is removed or renewed.
; Wants Inno Setup 6.3 or newer. This file begins with a byte order mark: older ones need it.

#ifndef Version
  #error Say the version: iscc /DVersion=0.1.0 installer\windows\yorisoi.iss
#endif
#ifndef Numbers
  ; Four numbers at most, where the version is none (1.2.0rc1): build.ps1 says them.
  #define Numbers Version
#endif
#ifndef Source
  #define Source "..\..\dist\yorisoi"
#endif
#ifndef Out
  #define Out "..\..\dist"
#endif

[Setup]
; Never change it: by this Windows knows that a newer version replaces an older one.
AppId={{3C6F1F0B-8C5E-4C53-9C39-0E5B7C1B6A52}
AppName=よりそい
AppVersion={#Version}
AppPublisher=Yorisoi
VersionInfoVersion={#Numbers}
DefaultDirName={userpf}\Yorisoi
DisableProgramGroupPage=yes
DisableDirPage=auto
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
LicenseFile=..\..\LICENSE
SetupIconFile=..\..\build\yorisoi.ico
UninstallDisplayIcon={app}\yorisoi.exe
OutputDir={#Out}
OutputBaseFilename=yorisoi-{#Version}-setup
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
; A running sidebar is asked to close: it writes what waits, then goes. Never during a call (below).
CloseApplications=yes
CloseApplicationsFilter=yorisoi.exe,yorisoi-cli.exe
RestartApplications=no

[Languages]
Name: "japanese"; MessagesFile: "compiler:Languages\Japanese.isl"

[Tasks]
Name: "autostart"; Description: "Windows の起動時に、よりそいを開く"; Flags: unchecked
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[InstallDelete]
; What an older version had and this one has not would stay behind and be imported.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Source}\*"; DestDir: "{app}"; Flags: recursesubdirs createallsubdirs ignoreversion

[Icons]
Name: "{userprograms}\よりそい"; Filename: "{app}\yorisoi.exe"
Name: "{userdesktop}\よりそい"; Filename: "{app}\yorisoi.exe"; Tasks: desktopicon

[Registry]
Root: HKCU; Subkey: "Software\Microsoft\Windows\CurrentVersion\Run"; ValueType: string; ValueName: "yorisoi"; ValueData: """{app}\yorisoi.exe"""; Tasks: autostart

[Run]
Filename: "{app}\yorisoi.exe"; Description: "{cm:LaunchProgram,よりそい}"; Flags: nowait postinstall skipifsilent

[Code]
const
  RunKey = 'Software\Microsoft\Windows\CurrentVersion\Run';
  ApprovedKey = 'Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run';

// What the open sidebar says of itself; empty where none is open (docs/CTL.md).
function StatusOfSidebar(): AnsiString;
var
  Cli, Answer: String;
  ExitCode: Integer;
begin
  Result := '';
  Cli := ExpandConstant('{app}\yorisoi-cli.exe');
  Answer := ExpandConstant('{tmp}\yorisoi-status.json');
  if FileExists(Cli) and Exec(ExpandConstant('{cmd}'),
      '/C ""' + Cli + '" ctl status --json > "' + Answer + '""',
      '', SW_HIDE, ewWaitUntilTerminated, ExitCode) and (ExitCode = 0) then
    LoadStringFromFile(Answer, Result);
end;

function IsOnTheLine(const Status: AnsiString): Boolean;
begin
  Result := (Pos('"ringing"', Status) > 0) or (Pos('"talking"', Status) > 0)
    or (Pos('"on_hold"', Status) > 0);
end;

// Before anything is closed. A silent update ends here with exit code 8, to be tried again later.
function PrepareToInstall(var NeedsRestart: Boolean): String;
begin
  Result := '';
  if IsOnTheLine(StatusOfSidebar()) then
    Result := 'よりそいで通話中です。終話してから、もう一度お試しください。';
end;

function InitializeUninstall(): Boolean;
begin
  Result := True;
  while Result and (StatusOfSidebar() <> '') do
    Result := not UninstallSilent() and (MsgBox('よりそいが開いています。閉じてから「再試行」を押してください。',
      mbError, MB_RETRYCANCEL) = IDRETRY);
end;

procedure DeleteOwnValues(const Key: String);
var
  Names: TArrayOfString;
  Place: Integer;
begin
  if RegGetValueNames(HKEY_CURRENT_USER, Key, Names) then
    for Place := 0 to GetArrayLength(Names) - 1 do
      if Pos('yorisoi', Lowercase(Names[Place])) = 1 then
        RegDeleteValue(HKEY_CURRENT_USER, Key, Names[Place]);
end;

// Also what was turned on in the settings of the program, and for other data folders.
procedure CurUninstallStepChanged(CurUninstallStep: TUninstallStep);
begin
  if CurUninstallStep = usUninstall then begin
    DeleteOwnValues(RunKey);
    DeleteOwnValues(ApprovedKey);
  end;
end;
